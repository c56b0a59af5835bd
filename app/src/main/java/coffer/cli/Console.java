package coffer.cli;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Standard input, output and error of a run, always in UTF-8. Colours are used on a terminal
/// alone.
///
/// Not for use by more than one thread.
final class Console {
  private static final String RED = "\u001b[91m";
  private static final String YELLOW = "\u001b[93m";
  private static final String PLAIN = "\u001b[0m";
  private static final int MAX_LINE = 1 << 20;

  private final InputStream in;
  private final OutputStream out;
  private final OutputStream err;
  private final Terminal terminal;
  private boolean plain;

  Console(InputStream in, OutputStream out, OutputStream err, Terminal terminal) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /// The console of this process.
  static Console ofProcess(Env env) {
    return new Console(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Terminal.ofProcess(env));
  }

  /// Whether somebody sits in front of it who may see colours and be asked.
  boolean isInteractive() {
    return terminal.isInteractive();
  }

  /// Leaves colours out from now on.
  void bePlain() {
    plain = true;
  }

  void line(String text) {
    write(out, text + "\n");
  }

  void raw(String text) {
    write(out, text);
  }

  /// Prints a value that is likely to be piped: with a line end on a terminal alone.
  void value(String text) {
    write(out, isInteractive() ? text + "\n" : text);
  }

  void warn(String text) {
    complain(YELLOW, text);
  }

  void error(String text) {
    complain(RED, text);
  }

  void errorPlain(String text) {
    complain("", text);
  }

  private void complain(String colour, String text) {
    boolean coloured = !plain && !colour.isEmpty() && !text.isEmpty() && terminal.hasColours();
    write(err, coloured ? colour + text + PLAIN + "\n" : text + "\n");
  }

  /// All of standard input.
  String readAll() {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks for a value that isn't shown while it is typed; where nobody sits in front, a line of
  /// standard input.
  ///
  /// @return null where the input has ended
  @Nullable String askHidden(String question) {
    return ask(out, question);
  }

  /// The same with the question on standard error, for commands whose output is likely to be piped.
  @Nullable String askHiddenOnError(String question) {
    return ask(err, question);
  }

  private @Nullable String ask(OutputStream to, String question) {
    write(to, question);
    if (isInteractive()) {
      return terminal.readHidden();
    }
    String answer = readLine();
    write(to, "\n");
    return answer;
  }

  private @Nullable String readLine() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int c = in.read();
      if (c < 0) {
        return null;
      }
      while (c >= 0 && c != '\n' && line.size() < MAX_LINE) {
        line.write(c);
        c = in.read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  private static void write(OutputStream to, String text) {
    try {
      to.write(text.getBytes(StandardCharsets.UTF_8));
      to.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
