package coffer.cli;

/// What a command does.
@FunctionalInterface
interface Action {
  /// Runs the command and returns its exit code.
  ///
  /// @throws Failure to print a message and exit with its code
  int run(Invocation call);
}
