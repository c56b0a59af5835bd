package coffer.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run of a command: its flags, its arguments and the world around it.
final class Invocation {
  private final Command command;
  private final Options options;
  private final List<String> arguments;
  private final Env env;
  private final Console console;
  private final Output output;
  private final Host host;
  private @Nullable Client client;

  Invocation(
      Command command,
      Options options,
      List<String> arguments,
      Env env,
      Console console,
      Output output,
      Host host) {
    this.command = command;
    this.options = options;
    this.arguments = arguments;
    this.env = env;
    this.console = console;
    this.output = output;
    this.host = host;
  }

  Command command() {
    return command;
  }

  <T> T get(Flag<T> flag) {
    return options.get(flag);
  }

  boolean has(Flag<?> flag) {
    return options.has(flag);
  }

  Options options() {
    return options;
  }

  Host host() {
    return host;
  }

  Env env() {
    return env;
  }

  Console console() {
    return console;
  }

  Output output() {
    return output;
  }

  List<String> arguments() {
    return arguments;
  }

  String argument(int index) {
    return arguments.get(index);
  }

  /// The arguments from the second on.
  List<String> rest() {
    return arguments.subList(1, arguments.size());
  }

  /// The same run with other arguments.
  Invocation with(List<String> otherArguments) {
    return new Invocation(command, options, otherArguments, env, console, output, host);
  }

  /// The client, made when it is first asked for.
  Client client() {
    if (client == null) {
      client = settings().client(null);
    }
    return client;
  }

  /// A client that doesn't use the token that is stored.
  Client clientWithToken(String token) {
    close();
    client = settings().client(token);
    return client;
  }

  Settings settings() {
    return new Settings(options, env);
  }

  /// Refuses any number of arguments but `count`.
  void expect(int count) {
    expect(count, count, Integer.toString(count));
  }

  /// Refuses fewer than `least` arguments and more than `most`, and says what was expected.
  void expect(int least, int most, String expected) {
    int count = arguments.size();
    if (count < least || count > most) {
      throw Failure.usage(
          (count < least ? "Not enough" : "Too many")
              + " arguments (expected "
              + expected
              + ", got "
              + count
              + ")");
    }
  }

  /// Prints the field that `-field` names, or else the whole secret.
  int show(Secret secret) {
    String field = get(Globals.FIELD);
    return field.isEmpty() ? output.secret(secret) : output.field(secret, field);
  }

  /// Prints what a write gave, or that it was done.
  int showWritten(@Nullable Secret secret, String done) {
    return secret == null ? output.note(done) : show(secret);
  }

  void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
