package coffer.cli;

import org.jspecify.annotations.Nullable;

/// What can only be done with somebody in front of the screen.
interface Terminal {
  boolean isInteractive();

  boolean hasColours();

  /// Reads a line without showing it, and ends the line on the screen; null at the end of the
  /// input.
  @Nullable String readHidden();

  /// No terminal at all: standard input and output are files or pipes.
  Terminal NONE = new Absent();

  /// The terminal this process was started from, if any. It is looked for when it is first needed,
  /// because that costs start-up time.
  static Terminal ofProcess(Env env) {
    return new OfProcess(env);
  }

  final class Absent implements Terminal {
    private Absent() {}

    @Override
    public boolean isInteractive() {
      return false;
    }

    @Override
    public boolean hasColours() {
      return false;
    }

    @Override
    public @Nullable String readHidden() {
      return null;
    }
  }

  @SuppressWarnings("SystemConsoleNull") // in JDK 25 it is null again where there is no terminal
  final class OfProcess implements Terminal {
    private final Env env;

    private OfProcess(Env env) {
      this.env = env;
    }

    @Override
    public boolean isInteractive() {
      java.io.Console console = System.console();
      return console != null && console.isTerminal();
    }

    @Override
    public boolean hasColours() {
      return env.find("CLI_NO_COLOR") == null
          && env.plain("NO_COLOR").isEmpty()
          && !env.plain("TERM").equals("dumb")
          && isInteractive();
    }

    @Override
    public @Nullable String readHidden() {
      java.io.Console console = System.console();
      char[] typed = isInteractive() && console != null ? console.readPassword() : null;
      return typed == null ? null : new String(typed).strip();
    }
  }
}
