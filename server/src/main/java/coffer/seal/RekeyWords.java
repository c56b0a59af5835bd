package coffer.seal;

import coffer.engine.Refusal.Why;

/// The peers say the same thing in other words at another path.
enum RekeyWords {
  REKEY(
      "rekey",
      "no barrier rekey in progress",
      "this rekey operation",
      "rekey operation already finished",
      "invalid rekey seal configuration: ",
      "failed to compute root key: ",
      "failed to read root key: invalid key: ",
      Why.FAILED,
      true),
  ROTATION(
      "rotation",
      "no rotation in progress",
      "rotation",
      "rotation already finished",
      "invalid rotate seal configuration: ",
      "failed to compute key: ",
      "failed to read root key: ",
      Why.BAD_REQUEST,
      false);

  final String name;
  final String none;
  final String operation;
  final String finished;
  final String invalid;
  final String mismatch;
  final String wrong;

  /// What wrong numbers and wrong shares are answered with.
  final Why why;

  /// Whether a share of a wrong length is refused at once, and not only with the others.
  final boolean checksLength;

  RekeyWords(
      String name,
      String none,
      String operation,
      String finished,
      String invalid,
      String mismatch,
      String wrong,
      Why why,
      boolean checksLength) {
    this.name = name;
    this.none = none;
    this.operation = operation;
    this.finished = finished;
    this.invalid = invalid;
    this.mismatch = mismatch;
    this.wrong = wrong;
    this.why = why;
    this.checksLength = checksLength;
  }
}
