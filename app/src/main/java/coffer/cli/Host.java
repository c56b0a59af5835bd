package coffer.cli;

import java.util.List;

/// What the program can do by itself, without asking a server: the command line doesn't know how.
public interface Host {
  /// Runs a server until it is told to stop.
  ///
  /// @param words the words after `server`
  /// @return the exit code
  int serve(List<String> words);

  /// A policy in the usual layout.
  ///
  /// @throws IllegalArgumentException if it can't be read, with a message fit to be shown
  String layOutPolicy(String text);
}
