package coffer.cli;

import coffer.engine.Version;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run of the command line, from the words to the exit code.
public final class Program {
  static final String NAME = "coffer";

  /// The names that the program is called by.
  static final List<String> NAMES = List.of(NAME, "vault");

  private final Console console;
  private final Env env;
  private final Host host;
  private final Signpost signpost;

  Program(Console console, Env env, Host host) {
    this.console = console;
    this.env = env;
    this.host = host;
    this.signpost = new Signpost(console);
  }

  /// A program on this process's own input, output and environment.
  public static Program ofProcess(Host host) {
    Env env = new Env(System.getenv());
    return new Program(Console.ofProcess(env), env, host);
  }

  static String version() {
    return "Coffer v" + Version.COMPATIBLE;
  }

  /// Runs the words and returns the exit code.
  public int run(List<String> words) {
    try {
      return dispatch(words);
    } catch (DryRun shown) {
      console.line(shown.shown());
      return 0;
    } catch (Failure e) {
      if (!e.text().isEmpty()) {
        console.error(e.text());
      }
      return e.code();
    } catch (UncheckedIOException e) {
      return Failure.USAGE; // whoever read the output has gone
    }
  }

  private int dispatch(List<String> words) {
    String first = words.isEmpty() ? "" : words.get(0);
    String typed = env.plain("COMP_LINE");
    if (!typed.isEmpty()) {
      return complete(typed);
    }
    switch (first) {
      case "-autocomplete-install", "--autocomplete-install" -> {
        return new ShellSetup(env).install();
      }
      case "-autocomplete-uninstall", "--autocomplete-uninstall" -> {
        return new ShellSetup(env).uninstall();
      }
      default -> {}
    }
    if (words.size() == 1 && isVersionFlag(first)) {
      console.line(version());
      return 0;
    }
    if (Signpost.isHelpFlag(first)) {
      console.line(HelpPage.ofProgram(Catalogue.topics()));
      return 0;
    }
    if (first.startsWith("-")) {
      return signpost.flagsFirst(words);
    }
    Topic topic = Catalogue.topic(first);
    if (topic == null) {
      return signpost.unknown(first);
    }
    Command command = Signpost.find(topic, words);
    if (command == null) {
      Command otherwise = topic.otherwise();
      return otherwise != null && Signpost.isMeant(topic, words)
          ? run(otherwise, words.subList(1, words.size()))
          : signpost.topic(topic, words);
    }
    return run(command, words.subList(depth(command), words.size()));
  }

  private int complete(String line) {
    String point = env.plain("COMP_POINT");
    int cursor = new Numeral(point).isWhole() ? (int) new Numeral(point).toLong() : line.length();
    String typed = line.substring(0, Math.clamp(cursor, 0, line.length()));
    for (String candidate : Completion.candidates(typed)) {
      console.line(candidate);
    }
    return 0;
  }

  private static boolean isVersionFlag(String word) {
    return word.equals("-v") || word.equals("-version") || word.equals("--version");
  }

  private static int depth(Command command) {
    int depth = 1;
    for (int i = 0; i < command.name().length(); i++) {
      if (command.name().charAt(i) == ' ') {
        depth++;
      }
    }
    return depth;
  }

  private int run(Command command, List<String> words) {
    for (String word : words) {
      if (word.equals("--")) {
        break;
      }
      if (Signpost.isHelpFlag(word)) {
        console.line(HelpPage.ofCommand(command));
        return 0;
      }
    }
    Options options = new Options(env);
    List<String> arguments = Parser.parse(command, words, options);
    takeLate(command, options, arguments);
    Format format = format(command, options, words);
    if (format != Format.TABLE) {
      console.bePlain();
    }
    boolean dry = options.get(Globals.OUTPUT_CURL) || options.get(Globals.OUTPUT_POLICY);
    warnOfLateFlags(command, arguments, format);
    Output output = new Output(console, format, options.get(Globals.DETAILED));
    Invocation call = new Invocation(command, options, arguments, env, console, output, host);
    try {
      int code = command.action().run(call);
      if (dry) {
        throw Failure.usage("Nothing is sent by this command.");
      }
      return code;
    } finally {
      call.close();
    }
  }

  /// Takes `-format` and `-detailed` from among the arguments too, as peers do.
  private static void takeLate(Command command, Options options, List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      Flag<?> flag = late(command, word);
      int equals = word.indexOf('=');
      if (flag != null && equals > 0) {
        options.put(flag, word.substring(equals + 1));
      } else if (flag != null && flag.kind() == Flag.Kind.TRUTH) {
        options.put(flag, "true");
      } else if (flag != null && i + 1 < arguments.size()) {
        options.put(flag, arguments.get(i + 1));
      }
    }
  }

  private static @Nullable Flag<?> late(Command command, String word) {
    String name =
        word.startsWith("--") ? word.substring(2) : word.startsWith("-") ? word.substring(1) : "";
    int equals = name.indexOf('=');
    String bare = equals < 0 ? name : name.substring(0, equals);
    return bare.equals("format") || bare.equals("detailed") ? Parser.find(command, bare) : null;
  }

  private static Format format(Command command, Options options, List<String> words) {
    Format format = Format.of(options.get(Globals.FORMAT));
    if (format == Format.RAW && !command.name().equals("read") && !words.isEmpty()) {
      throw Failure.usage("This command does not support the -format=raw option.");
    }
    return format;
  }

  private void warnOfLateFlags(Command command, List<String> arguments, Format format) {
    List<String> late = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.length() > 1 && argument.startsWith("-") && late(command, argument) == null) {
        late.add(argument);
      }
    }
    if (!late.isEmpty() && format == Format.TABLE) {
      console.warn(
          "Command flags must be provided before positional arguments. The following arguments"
              + " will not be parsed as flags: ["
              + String.join(",", late)
              + "]");
    }
  }
}
