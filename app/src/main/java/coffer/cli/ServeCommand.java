package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `server`: its flags; running it is up to the [Host].
final class ServeCommand {
  private static final Flag<List<String>> CONFIG =
      Flag.list(
              "config",
              "A configuration file, in HCL or JSON, or a folder of them. May be given many times.")
          .completing(Completes.FILES);
  private static final Flag<Boolean> DEV =
      Flag.truth(
          "dev", "Run a server to try things on: unsealed, in memory, and its root token printed.");
  private static final List<Flag<?>> OTHERS =
      List.of(
          DEV,
          Flag.text("dev-listen-address", "Where the -dev server listens.")
              .env("DEV_LISTEN_ADDRESS"),
          Flag.text("dev-root-token-id", "The root token of the -dev server.")
              .env("DEV_ROOT_TOKEN_ID"),
          Flag.truth(
              "dev-no-store-token", "Don't keep the -dev server's root token for the commands."),
          Flag.truth("dev-no-kv", "Mount no key/value engine on the -dev server."),
          Flag.truth("dev-tls", "Let the -dev server speak TLS, by a certificate made for it."),
          Flag.text("dev-tls-cert-dir", "Where to put that certificate.")
              .completing(Completes.FOLDERS),
          Flag.text("dev-cluster-json", "A file to write what the -dev server is to.").hide(),
          Flag.truth("exit-on-core-shutdown", "End when the server's core ends.").hide(),
          Flag.truth("recovery", "Run for recovery only.").hide(),
          Flag.text("log-file", "A file to log to, besides standard error.")
              .env("LOG_FILE")
              .completing(Completes.FILES),
          Flag.text("log-format", "\"standard\" or \"json\".").env("LOG_FORMAT"),
          Flag.text("log-level", "\"trace\", \"debug\", \"info\", \"warn\" or \"error\".")
              .env("LOG_LEVEL"),
          Flag.number("log-rotate-bytes", "Begin a new log file at this size.").hide(),
          Flag.text("log-rotate-duration", "Begin a new log file after this time.").hide(),
          Flag.number("log-rotate-max-files", "How many old log files to keep.").hide());

  private ServeCommand() {}

  static Topic topic() {
    return Topic.single(
        Command.of("server", "Run a server", Shape.LOCAL, ServeCommand::run)
            .help(
                """
                Runs a server until it is told to stop.

                A server to try things on:

                    $ %s server -dev

                A server that keeps what it stores:

                    $ %s server -config=/etc/coffer.hcl
                """)
            .flags(CONFIG)
            .group("Other Options", OTHERS.toArray(new Flag<?>[0])));
  }

  private static int run(Invocation call) {
    call.expect(0);
    Map<String, String> flags = new TreeMap<>();
    for (Flag<?> flag : OTHERS) {
      String value = String.valueOf(call.get(flag));
      if (!value.equals(String.valueOf(flag.fallback()))) {
        flags.put(flag.name(), value);
      }
    }
    if (call.get(CONFIG).isEmpty() && !call.get(DEV)) {
      throw Failure.usage("Must specify at least one config path using -config");
    }
    return call.host()
        .serve(call.get(CONFIG), flags, token -> call.settings().tokenHelper().store(token));
  }
}
