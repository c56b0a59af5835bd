package coffer.cli;

/// Asks for what was left out of the command line.
final class Asking {
  private Asking() {}

  /// Asks for a value that isn't shown while it is typed.
  ///
  /// @param what what it is, for messages: "unseal key"
  static String key(Invocation call, String question, String what) {
    if (call.get(Globals.NON_INTERACTIVE)) {
      throw Failure.usage(
          Wrap.text(
              "Refusing to read from stdin with -non-interactive specified; specify "
                  + what
                  + " as an argument to this command"));
    }
    String answer = call.console().askHidden(question);
    if (answer == null) {
      throw Failure.usage(
          Wrap.text(
              "An error occurred attempting to ask for the "
                  + what
                  + ": the input has ended. Run the command from a terminal, or give the "
                  + what
                  + " as an argument."));
    }
    return answer.strip();
  }
}
