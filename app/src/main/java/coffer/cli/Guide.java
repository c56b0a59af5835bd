package coffer.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the guide to the command line, in Markdown, from the declarations of the commands.
public final class Guide {
  private Guide() {}

  /// Writes the guide to the file named.
  public static void main(String[] words) throws IOException {
    Files.writeString(Path.of(words[0]), text(), StandardCharsets.UTF_8);
  }

  static String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        # The command line

        This page is written by the program itself, from the declarations that its parser, its help
        and its completion are made of.

        `coffer` and `vault` are the same program. Flags stand before arguments, with one dash or
        two, as `-name=value` or `-name value`; flags that are on or off take a value by `=` alone.
        Exit codes: 0 done, 1 used wrongly, 2 the server or the way to it failed (`status`: 0
        unsealed, 1 error, 2 sealed).

        The token of a login is kept in `~/.vault-token` (or where `BAO_TOKEN_PATH` or
        `VAULT_TOKEN_PATH` says, or by the program that `token_helper` names in `~/.bao` or
        `~/.vault`). `BAO_TOKEN` and `VAULT_TOKEN` go before it. Each setting in the environment is
        read as `BAO_…` first and as `VAULT_…` if that isn't set.

        Data is `key=value`; `key=@file` takes the value from a file, `key=-` from standard input,
        `key=\\@text` is a text that begins with `@`. A key given twice makes a list. `-` alone is a
        JSON object on standard input, `@file` alone one in a file.

        ## Flags of all commands that talk to a server

        """);
    flags(out, new Command.FlagGroup("", Globals.HTTP));
    flags(
        out,
        new Command.FlagGroup(
            "", java.util.List.of(Globals.FIELD, Globals.FORMAT, Globals.DETAILED)));
    for (Topic topic : Catalogue.topics()) {
      topic(out, topic);
    }
    early(out);
    return out.toString();
  }

  private static void topic(StringBuilder out, Topic topic) {
    out.append("\n## ").append(topic.name()).append("\n\n");
    boolean single = topic.help().isEmpty();
    if (!single) {
      out.append(manual(topic.help()));
    }
    for (Command command : topic.commands()) {
      if (!single) {
        out.append("\n### ").append(command.name()).append("\n\n");
      }
      out.append("`").append(Program.NAME).append(' ').append(command.name()).append(' ');
      out.append(command.usage()).append("`\n\n").append(manual(command.help()));
      for (Command.FlagGroup group : command.groups()) {
        out.append('\n');
        flags(out, group);
      }
    }
  }

  private static String manual(String help) {
    StringBuilder out = new StringBuilder();
    for (String line : help.replace("%s", Program.NAME).stripTrailing().split("\n", -1)) {
      out.append(line).append('\n');
    }
    return out.toString();
  }

  private static void flags(StringBuilder out, Command.FlagGroup group) {
    for (Flag<?> flag : group.flags()) {
      if (!flag.hidden()) {
        out.append("- `-").append(flag.name());
        if (!flag.kind().example().isEmpty()) {
          out.append("=<").append(flag.kind().example()).append('>');
        }
        out.append("`: ").append(HelpPage.explained(flag)).append('\n');
      }
    }
  }

  private static void early(StringBuilder out) {
    out.append(
        """

        ## Early spellings

        The commands of Vault 0.1 to 0.9 work as they did and say on standard error how they are
        spelled now.

        | early | now |
        |---|---|
        """);
    for (String name : Early.NAMES) {
      Command command = Early.of(name);
      if (command != null) {
        String now = command.synopsis().replace("Early spelling of ", "").replace("\"", "`");
        out.append("| `").append(name).append(' ').append(command.usage().replace("|", "\\|"));
        out.append("` | ").append(now).append(" |\n");
      }
    }
    out.append("| `auth [options] [AUTH K=V...]` | `login` |\n");
  }
}
