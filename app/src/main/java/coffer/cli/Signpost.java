package coffer.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the command that words mean, and shows the way where they mean none.
final class Signpost {
  /// What a shell gets for a word that is no command.
  private static final int NO_COMMAND = 127;

  private final Console console;

  Signpost(Console console) {
    this.console = console;
  }

  static boolean isHelpFlag(String word) {
    return word.equals("-h") || word.equals("-help") || word.equals("--help");
  }

  /// The command of the topic with the longest name that the words begin with.
  static @Nullable Command find(Topic topic, List<String> words) {
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

  /// Whether the words are meant for the topic itself: they go on, and not with what looks like a
  /// misspelt command.
  static boolean isMeant(Topic topic, List<String> words) {
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

  /// Refuses flags that stand before the command, and shows where they belong.
  int flagsFirst(List<String> words) {
    console.errorPlain(
        """
        Invalid flags before the subcommand. If these flags are for
        the subcommand, please put them after the subcommand.
        """);
    for (int i = 1; i < words.size(); i++) {
      Topic topic = Catalogue.topic(words.get(i));
      Command command = topic == null ? null : find(topic, words.subList(i, words.size()));
      if (command != null) {
        console.errorPlain(HelpPage.ofCommand(command));
        return Failure.USAGE;
      }
    }
    console.errorPlain(HelpPage.ofProgram(Catalogue.topics()));
    return Failure.USAGE;
  }

  /// Shows the manual of a topic to words that name no command of it.
  int topic(Topic topic, List<String> words) {
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

  /// Shows the list of commands to a word that is none.
  int unknown(String word) {
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
      console.errorPlain("\nDid you mean \"" + Program.NAME + " " + before + nearest + "\"?");
    }
  }
}
