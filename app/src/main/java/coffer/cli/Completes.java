package coffer.cli;

/// What a shell may offer in the place of a flag's value or an argument.
enum Completes {
  NOTHING,
  FILES,
  FOLDERS,
  FORMATS,
  TOKEN_TYPES,
  MODES,
  LOGIN_METHODS
}
