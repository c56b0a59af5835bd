package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `operator …`: the commands that open and close a server.
final class OperatorCommands {
  static final Flag<Boolean> RESET =
      Flag.truth("reset", "Forget the unseal keys that were given so far.");
  static final Flag<Boolean> MIGRATE =
      Flag.truth("migrate", "Give the key as a part of changing from one kind of seal to another.");

  private OperatorCommands() {}

  static Topic topic() {
    return new Topic(
        "operator",
        "Do what only operators do",
        """
        Groups the commands for those who run a server: to initialise, unseal and seal it, to
        renew its keys.

        Initialise a new server:

            $ %s operator init

        Unseal it, with one of the keys:

            $ %s operator unseal
        """,
        commands());
  }

  private static List<Command> commands() {
    List<Command> commands =
        new ArrayList<>(List.of(InitCommand.command(), members(), seal(), stepDown(), unseal()));
    commands.add(GenerateRoot.command());
    commands.addAll(KeyCommands.all());
    commands.addAll(Rekey.all());
    return commands;
  }

  private static Command unseal() {
    return Command.of("operator unseal", "Unseal a server", Shape.FORMAT, OperatorCommands::unseal)
        .usage("[options] [KEY]")
        .help(
            """
            Gives the server one of its unseal keys; with enough of them it opens. Without the key
            as an argument it is asked for, and not shown.

                $ %s operator unseal
            """)
        .flags(RESET, MIGRATE);
  }

  static int unseal(Invocation call) {
    call.expect(0, 1, "1");
    String key = call.arguments().isEmpty() ? "" : call.argument(0).strip();
    Client client = call.client();
    if (call.get(RESET)) {
      return showSeal(
          call,
          client.object(
              "PUT", "sys/unseal", Tree.body("reset", true), "Error resetting unseal process"));
    }
    if (key.isEmpty()) {
      key = Asking.key(call, "Unseal Key (will be hidden): ", "unseal key");
    }
    Map<String, @Nullable Object> body =
        Tree.body("key", key, "reset", false, "migrate", call.get(MIGRATE));
    return showSeal(call, client.object("PUT", "sys/unseal", body, "Error unsealing"));
  }

  private static int showSeal(Invocation call, Map<String, @Nullable Object> seal) {
    try {
      return SealStatus.of(call.client(), seal).show(call);
    } catch (Failure e) {
      throw e.withCode(1);
    }
  }

  private static Command seal() {
    return Command.of("operator seal", "Seal a server", Shape.PLAIN, OperatorCommands::seal)
        .help(
            """
            Seals the server: it forgets its keys and answers nothing until it is unsealed.

                $ %s operator seal
            """);
  }

  static int seal(Invocation call) {
    call.expect(0);
    call.client().write("sys/seal", null, "Error sealing");
    call.console().line("Success! Vault is sealed.");
    return 0;
  }

  private static Command stepDown() {
    return Command.of(
            "operator step-down",
            "Make the active server give up its lead",
            Shape.PLAIN,
            OperatorCommands::stepDown)
        .help(
            """
            Makes the active server of several give up its lead, so that another takes over.

                $ %s operator step-down
            """);
  }

  static int stepDown(Invocation call) {
    call.expect(0);
    String address = call.settings().address();
    call.client().write("sys/step-down", null, "Error stepping down");
    call.console().line("Success! Stepped down: " + address);
    return 0;
  }

  private static Command members() {
    return Command.of(
            "operator members",
            "List the servers of a cluster",
            Shape.FORMAT,
            OperatorCommands::members)
        .help("Lists the servers that work together, the active one included.\n");
  }

  private static int members(Invocation call) {
    call.expect(0);
    Map<String, @Nullable Object> answer =
        call.client().data("GET", "sys/ha-status", null, "Error checking leader status");
    List<@Nullable Object> nodes = Tree.list(answer.get("nodes"));
    if (!call.output().isTable()) {
      return call.output().data(new TreeMap<>(answer));
    }
    Table table =
        Table.titled(
            "Host Name",
            "API Address",
            "Cluster Address",
            "Active Node",
            "Version",
            "Upgrade Version",
            "Last Echo");
    if (nodes != null) {
      for (Object item : nodes) {
        Map<String, @Nullable Object> node = Tree.object(item);
        table.row(
            Tree.text(node, "hostname"),
            Tree.text(node, "api_address"),
            Tree.text(node, "cluster_address"),
            Boolean.toString(Tree.truth(node, "active_node")),
            Tree.text(node, "version"),
            Tree.text(node, "upgrade_version"),
            Tree.text(node, "last_echo"));
      }
    }
    call.console().line(table.toString());
    return 0;
  }
}
