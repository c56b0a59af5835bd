package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `operator rotate`, `operator key-status`: the keys that the server's storage is sealed by.
final class KeyCommands {
  private KeyCommands() {}

  static List<Command> all() {
    return List.of(
        Command.of(
                "operator key-status",
                "Print which key is in use",
                Shape.FORMAT,
                KeyCommands::status)
            .help("Prints the term of the key that storage is sealed by, and since when.\n"),
        Command.of(
                "operator rotate", "Use a new key from now on", Shape.FORMAT, KeyCommands::rotate)
            .help(
                """
                Makes a new key that everything is sealed by from now on; what was sealed by older
                ones can still be read. The unseal keys stay as they are.

                    $ %s operator rotate
                """));
  }

  static int status(Invocation call) {
    call.expect(0);
    return show(call);
  }

  static int rotate(Invocation call) {
    call.expect(0);
    Client client = call.client();
    try {
      client.post("sys/rotate/keyring", null, "Error rotating key");
    } catch (Failure e) {
      if (e.status() != 404 && e.status() != 405) {
        throw e;
      }
      client.write("sys/rotate", null, "Error rotating key");
    }
    call.output().note("Success! Rotated key\n");
    return show(call);
  }

  private static int show(Invocation call) {
    Map<String, @Nullable Object> status =
        call.client().data("GET", "sys/key-status", null, "Error reading key status");
    if (!call.output().isTable()) {
      return call.output()
          .data(
              Tree.body(
                  "term", status.get("term"),
                  "install_time", status.get("install_time"),
                  "encryptions", status.get("encryptions")));
    }
    Table table = Table.bare();
    table.row("Key Term", Long.toString(Tree.number(status, "term")));
    table.row("Install Time", shortTime(Tree.text(status, "install_time")));
    table.row("Encryption Count", Long.toString(Tree.number(status, "encryptions")));
    call.console().line(table.toString());
    return 0;
  }

  /// A time of RFC 3339 in the form of RFC 822: `24 Nov 26 10:26 UTC`.
  private static String shortTime(String time) {
    try {
      return java.time.format.DateTimeFormatter.ofPattern("dd MMM yy HH:mm 'UTC'", Locale.ROOT)
          .format(
              java.time.OffsetDateTime.parse(time).withOffsetSameInstant(java.time.ZoneOffset.UTC));
    } catch (java.time.format.DateTimeParseException e) {
      return time;
    }
  }
}
