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

  /// What a shell gets for a word that is no command.
  private static final int NO_COMMAND = 127;

  private final Console console;
  private final Env env;
  private final Host host;

  Program(Console console, Env env, Host host) {
    this.console = console;
    this.env = env;
    this.host = host;
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
    if (isHelpFlag(first)) {
      console.line(HelpPage.ofProgram(Catalogue.topics()));
      return 0;
    }
    Topic topic = Catalogue.topic(first);
    if (topic == null) {
      return unknown(first);
    }
    Command command = find(topic, words);
    if (command == null) {
      Command otherwise = topic.otherwise();
      return otherwise != null && isMeant(topic, words)
          ? run(otherwise, words.subList(1, words.size()))
          : topicHelp(topic, words);
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

  /// Whether the words are meant for the topic itself: they go on, and not with what looks like a
  /// misspelt command.
  private static boolean isMeant(Topic topic, List<String> words) {
    if (words.size() < 2 || isHelpFlag(words.get(1))) {
      return false;
    }
    return words.get(1).startsWith("-")
        || Nearest.of(words.get(1), names(topic, topic.name())) == null;
  }

  /// The words that may follow `prefix` in the names of the topic's commands.
  private static List<String> names(Topic topic, String prefix) {
    List<String> names = new ArrayList<>();
    for (Command command : topic.commands()) {
      if (command.name().startsWith(prefix + " ")) {
        String rest = command.name().substring(prefix.length() + 1);
        int space = rest.indexOf(' ');
        names.add(space < 0 ? rest : rest.substring(0, space));
      }
    }
    return names;
  }

  private static boolean isVersionFlag(String word) {
    return word.equals("-v") || word.equals("-version") || word.equals("--version");
  }

  private static boolean isHelpFlag(String word) {
    return word.equals("-h") || word.equals("-help") || word.equals("--help");
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

  /// The command of the topic with the longest name that the words begin with.
  private static @Nullable Command find(Topic topic, List<String> words) {
    Command found = null;
    StringBuilder name = new StringBuilder();
    for (String word : words) {
      name.append(name.isEmpty() ? "" : " ").append(word);
      for (Command command : topic.commands()) {
        if (command.name().contentEquals(name)) {
          found = command;
        }
      }
      if (word.startsWith("-")) {
        break;
      }
    }
    return found;
  }

  private int topicHelp(Topic topic, List<String> words) {
    String name = topic.name();
    if (words.size() > 1 && !names(topic, name + " " + words.get(1)).isEmpty()) {
      name += " " + words.get(1);
    }
    String help = HelpPage.ofTopic(topic, name);
    if (isHelpFlag(words.get(words.size() - 1))) {
      console.line(help);
      return 0;
    }
    console.errorPlain(help);
    int next = name.equals(topic.name()) ? 1 : 2;
    if (words.size() > next) {
      suggest(name + " ", words.get(next), names(topic, name));
    }
    return Failure.USAGE;
  }

  private int unknown(String word) {
    console.errorPlain(HelpPage.ofProgram(Catalogue.topics()));
    if (!word.isEmpty()) {
      List<String> names = new ArrayList<>(Catalogue.COMMON);
      names.addAll(Catalogue.OTHER);
      names.addAll(Early.NAMES);
      suggest("", word, names);
    }
    return NO_COMMAND;
  }

  private void suggest(String before, String word, List<String> names) {
    String nearest = Nearest.of(word, names);
    if (nearest != null) {
      console.errorPlain("\nDid you mean \"" + NAME + " " + before + nearest + "\"?");
    }
  }

  private int run(Command command, List<String> words) {
    for (String word : words) {
      if (word.equals("--")) {
        break;
      }
      if (isHelpFlag(word)) {
        console.line(HelpPage.ofCommand(command));
        return 0;
      }
    }
    Options options = new Options(env);
    List<String> arguments = Parser.parse(command, words, options);
    Format format = format(command, options, words);
    boolean dry = options.get(Globals.OUTPUT_CURL) || options.get(Globals.OUTPUT_POLICY);
    warnOfLateFlags(arguments, format);
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

  private static Format format(Command command, Options options, List<String> words) {
    Format format = Format.of(options.get(Globals.FORMAT));
    if (format == Format.RAW && !command.name().equals("read") && !words.isEmpty()) {
      throw Failure.usage("This command does not support the -format=raw option.");
    }
    return format;
  }

  private void warnOfLateFlags(List<String> arguments, Format format) {
    List<String> late = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.length() > 1 && argument.startsWith("-")) {
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
