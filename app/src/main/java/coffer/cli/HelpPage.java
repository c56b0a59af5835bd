package coffer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Writes help: of the program, of a topic, of a command.
final class HelpPage {
  private static final int MARGIN = 6;

  private HelpPage() {}

  /// The list of all first words.
  static String ofProgram(List<Topic> topics) {
    StringBuilder out = new StringBuilder("Usage: ");
    out.append(Program.NAME).append(" <command> [args]\n\nCommon commands:\n");
    TreeSet<String> others = new TreeSet<>();
    List<Topic> common = new ArrayList<>();
    for (Topic topic : topics) {
      if (Catalogue.COMMON.contains(topic.name())) {
        common.add(topic);
      } else {
        others.add(topic.name());
      }
    }
    lines(out, common);
    out.append("\n\nOther commands:\n");
    List<Topic> rest = new ArrayList<>();
    for (Topic topic : topics) {
      if (others.contains(topic.name()) && !topic.name().equals("version")) {
        rest.add(topic);
      }
    }
    lines(out, rest);
    out.append("\n\nEarly spellings, which work as they did:\n");
    return out.append(Wrap.text(String.join(", ", Early.NAMES), 4)).toString();
  }

  private static void lines(StringBuilder out, List<Topic> topics) {
    Table table = Table.bare();
    for (Topic topic : topics) {
      table.row(topic.name(), topic.synopsis());
    }
    out.append(indented(table.toString(), "    "));
  }

  /// The manual of a topic and its commands.
  static String ofTopic(Topic topic, String name) {
    StringBuilder out = new StringBuilder("Usage: ");
    out.append(Program.NAME).append(' ').append(name).append(" <subcommand> [options] [args]\n\n");
    out.append(manual(topic.help())).append("\n\nSubcommands:\n");
    Table table = Table.bare();
    String prefix = name + " ";
    TreeSet<String> deeper = new TreeSet<>();
    for (Command command : topic.commands()) {
      if (command.name().startsWith(prefix)) {
        String rest = command.name().substring(prefix.length());
        int space = rest.indexOf(' ');
        if (space < 0) {
          table.row(rest, command.synopsis());
        } else if (deeper.add(rest.substring(0, space))) {
          table.row(rest.substring(0, space), "Work with " + name + " " + rest.substring(0, space));
        }
      }
    }
    return out.append(indented(table.toString(), "    ")).toString();
  }

  /// The manual of a command and its flags.
  static String ofCommand(Command command) {
    StringBuilder out = new StringBuilder("Usage: ");
    out.append(Program.NAME).append(' ').append(command.name());
    out.append(' ').append(command.usage()).append("\n\n").append(manual(command.help()));
    for (Command.FlagGroup group : command.allGroups()) {
      out.append("\n\n").append(group.heading()).append(":\n");
      for (Flag<?> flag : sorted(group.flags())) {
        if (!flag.hidden()) {
          flag(out, flag, flag.name());
        }
      }
    }
    return out.toString();
  }

  private static List<Flag<?>> sorted(List<Flag<?>> flags) {
    List<Flag<?>> sorted = new ArrayList<>(flags);
    sorted.sort((a, b) -> a.name().compareTo(b.name()));
    return sorted;
  }

  private static void flag(StringBuilder out, Flag<?> flag, String name) {
    out.append("\n  -").append(name);
    if (!flag.kind().example().isEmpty()) {
      out.append("=<").append(flag.kind().example()).append('>');
    }
    out.append('\n').append(Wrap.text(explained(flag), MARGIN)).append('\n');
  }

  /// What a flag is for, with its aliases, its fallback and its place in the environment.
  static String explained(Flag<?> flag) {
    StringBuilder out = new StringBuilder(flag.help());
    String fallback = flag.shownFallback();
    if (fallback != null) {
      out.append(" The default is ").append(fallback).append('.');
    }
    for (String alias : flag.aliases()) {
      out.append(" In short: -").append(alias).append('.');
    }
    if (!flag.env().isEmpty()) {
      out.append(" Also in the environment: BAO_").append(flag.env());
      out.append(" or VAULT_").append(flag.env()).append('.');
    }
    return out.toString();
  }

  private static String manual(String help) {
    return indented(help.replace("%s", Program.NAME).stripTrailing(), "  ");
  }

  private static String indented(String text, String margin) {
    StringBuilder out = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      out.append(out.isEmpty() ? "" : "\n").append(line.isEmpty() ? "" : margin).append(line);
    }
    return out.toString();
  }
}
