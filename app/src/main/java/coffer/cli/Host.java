package coffer.cli;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What the program can do by itself, without asking a server: the command line doesn't know how.
public interface Host {
  /// Runs a server until it is told to stop.
  ///
  /// @param configs the configuration files and folders, in the order given
  /// @param flags the other flags of `server` that were given, by name: `dev` → `true`
  /// @param keepToken keeps a token for later commands, as a login does
  /// @return the exit code
  int serve(List<String> configs, Map<String, String> flags, Consumer<String> keepToken);

  /// A policy in the usual layout.
  ///
  /// @throws IllegalArgumentException if it can't be read, with a message fit to be shown
  String layOutPolicy(String text);

  /// What passwords for one time are made from.
  SecureRandom random();
}
