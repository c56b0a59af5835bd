package coffer.cli;

import java.util.ArrayList;
import java.util.List;

/// One command, as data: from it come parsing, help, shell completion and the guide.
///
/// @param name the words that call it: `token create`
/// @param synopsis what it does, in a line
/// @param usage its arguments as help shows them: `[options] PATH`
/// @param help its manual: paragraphs of text, examples indented by four spaces and a `$`
/// @param groups the flags of its own, under the headings of its help
/// @param output which of the output flags it has
/// @param arguments what a shell offers for its arguments
record Command(
    String name,
    String synopsis,
    String usage,
    String help,
    List<FlagGroup> groups,
    Shape output,
    Completes arguments,
    Action action) {

  /// Flags under one heading.
  record FlagGroup(String heading, List<Flag<?>> flags) {}

  /// Which of `-field`, `-format` and `-detailed` a command has, and whether it talks to a server
  /// at all.
  enum Shape {
    LOCAL(false, false, false),
    PLAIN(false, false, false),
    FORMAT(true, false, false),
    FIELD(true, true, false),
    DETAILED(true, false, true);

    private final boolean format;
    private final boolean field;
    private final boolean detailed;

    Shape(boolean format, boolean field, boolean detailed) {
      this.format = format;
      this.field = field;
      this.detailed = detailed;
    }
  }

  static Command of(String name, String synopsis, Shape output, Action action) {
    return new Command(
        name, synopsis, "[options]", "", List.of(), output, Completes.NOTHING, action);
  }

  Command usage(String newUsage) {
    return new Command(name, synopsis, newUsage, help, groups, output, arguments, action);
  }

  Command help(String newHelp) {
    return new Command(name, synopsis, usage, newHelp, groups, output, arguments, action);
  }

  Command flags(Flag<?>... flags) {
    return group("Command Options", flags);
  }

  Command group(String heading, Flag<?>... flags) {
    List<FlagGroup> more = new ArrayList<>(groups);
    more.add(new FlagGroup(heading, List.of(flags)));
    return new Command(name, synopsis, usage, help, more, output, arguments, action);
  }

  Command completing(Completes newArguments) {
    return new Command(name, synopsis, usage, help, groups, output, newArguments, action);
  }

  /// All its flags under their headings, those for the connection first.
  List<FlagGroup> allGroups() {
    List<FlagGroup> all = new ArrayList<>();
    if (output != Shape.LOCAL) {
      all.add(new FlagGroup("HTTP Options", Globals.HTTP));
    }
    List<Flag<?>> shown = new ArrayList<>();
    if (output.field) {
      shown.add(Globals.FIELD);
    }
    if (output.format) {
      shown.add(Globals.FORMAT);
    }
    if (output.detailed) {
      shown.add(Globals.DETAILED);
    }
    if (!shown.isEmpty()) {
      all.add(new FlagGroup("Output Options", shown));
    }
    all.addAll(groups);
    return all;
  }
}
