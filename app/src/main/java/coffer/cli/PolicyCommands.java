package coffer.cli;

import coffer.cli.Command.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// `policy …`: what tokens may do.
final class PolicyCommands {
  private PolicyCommands() {}

  static Topic topic() {
    return new Topic(
        "policy",
        "Work with policies",
        """
        Groups the commands for policies, which say what tokens may do.

            $ %s policy write web web.hcl

            $ %s policy read web
        """,
        List.of(delete(), fmt(), list(), read(), write()));
  }

  private static Command read() {
    return Command.of("policy read", "Print a policy", Shape.FORMAT, PolicyCommands::read)
        .usage("[options] NAME")
        .help(
            """
            Prints a policy as it was written.

                $ %s policy read web
            """);
  }

  static int read(Invocation call) {
    call.expect(1);
    String name = name(call.argument(0));
    Secret secret =
        call.client().read("sys/policies/acl/" + name, "Error reading policy named " + name);
    String rules = secret == null ? "" : Tree.text(secret.data(), "policy");
    if (rules.isEmpty() && secret != null) {
      rules = Tree.text(secret.data(), "rules");
    }
    if (rules.isEmpty()) {
      throw Failure.remote("No policy named: " + name);
    }
    if (!call.output().isTable()) {
      return call.output().data(Tree.body("policy", rules));
    }
    call.console().line(rules.strip());
    return 0;
  }

  private static Command write() {
    return Command.of("policy write", "Write a policy", Shape.PLAIN, PolicyCommands::write)
        .usage("[options] NAME PATH")
        .completing(Completes.FILES)
        .help(
            """
            Writes a policy from a file, or from standard input where the file is "-".

                $ %s policy write web web.hcl
            """);
  }

  static int write(Invocation call) {
    call.expect(2);
    String given = call.argument(0);
    String name = name(given);
    String file = call.argument(1).strip();
    String rules = file.equals("-") ? call.console().readAll() : content(file);
    call.client()
        .write("sys/policies/acl/" + name, Tree.body("policy", rules), "Error uploading policy");
    if (!given.equals(name)) {
      call.console().warn("Policy name was converted from \"" + given + "\" to \"" + name + "\"");
    }
    call.console().line("Success! Uploaded policy: " + name);
    return 0;
  }

  private static String content(String file) {
    try {
      return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw Failure.remote(
          "Error opening policy file: open " + file + ": no such file or directory");
    } catch (IOException e) {
      throw Failure.remote("Error reading policy: " + e.getMessage());
    }
  }

  private static Command list() {
    return Command.of("policy list", "List policies", Shape.FORMAT, PolicyCommands::list)
        .help(
            """
            Lists the names of all policies.

                $ %s policy list
            """);
  }

  static int list(Invocation call) {
    call.expect(0);
    Secret secret = call.client().list("sys/policies/acl", Query.NONE, "Error listing policies");
    List<String> names = secret == null ? List.of() : Tree.texts(secret.keys());
    if (!call.output().isTable()) {
      return call.output().data(names);
    }
    for (String name : names) {
      call.console().line(name);
    }
    return 0;
  }

  private static Command delete() {
    return Command.of("policy delete", "Delete a policy", Shape.PLAIN, PolicyCommands::delete)
        .usage("[options] NAME")
        .help(
            """
            Deletes a policy; tokens that have it lose what it allowed at once.

                $ %s policy delete web
            """);
  }

  static int delete(Invocation call) {
    call.expect(1);
    String name = name(call.argument(0));
    call.client().delete("sys/policies/acl/" + name, Query.NONE, "Error deleting " + name);
    call.console().line("Success! Deleted policy: " + name);
    return 0;
  }

  private static Command fmt() {
    return Command.of("policy fmt", "Lay out a policy file", Shape.LOCAL, PolicyCommands::fmt)
        .usage("[options] PATH")
        .completing(Completes.FILES)
        .help(
            """
            Rewrites a policy file in the usual layout.

                $ %s policy fmt web.hcl
            """);
  }

  static int fmt(Invocation call) {
    call.expect(1);
    String name = call.argument(0).strip();
    Path file =
        name.startsWith("~/")
            ? TokenHelper.home(call.env()).resolve(name.substring(2))
            : Path.of(name);
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.usage(
          "Error reading source file: open " + file + ": no such file or directory");
    }
    String laidOut;
    try {
      laidOut = call.host().layOutPolicy(text);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
    try {
      Files.writeString(file, laidOut);
    } catch (IOException e) {
      throw Failure.usage("Error writing result: open " + file + ": permission denied");
    }
    call.console().line("Success! Formatted policy: " + file);
    return 0;
  }

  private static String name(String given) {
    return given.strip().toLowerCase(Locale.ROOT);
  }
}
