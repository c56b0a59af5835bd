package coffer.cli;

import coffer.cli.Command.Shape;
import java.time.Duration;
import java.util.List;

/// `lease …`: what is lent for a time.
final class LeaseCommands {
  static final Flag<Duration> INCREMENT =
      Flag.duration("increment", "By how much to prolong the lease, counted from now.");
  static final Flag<Boolean> FORCE =
      Flag.truth(
              "force",
              "Forget the lease even if what it stands for can't be taken back. Needs -prefix.")
          .alias("f");
  static final Flag<Boolean> PREFIX =
      Flag.truth("prefix", "Revoke all leases whose id begins with the argument.");
  static final Flag<Boolean> SYNC = Flag.truth("sync", "Wait until it is done.");

  private LeaseCommands() {}

  static Topic topic() {
    return new Topic(
        "lease",
        "Work with leases",
        """
        Groups the commands for leases: what is lent for a time and taken back after it.

            $ %s lease renew database/creds/readonly/2f6a614c

            $ %s lease revoke database/creds/readonly/2f6a614c
        """,
        List.of(lookup(), renew(), revoke()));
  }

  private static Command lookup() {
    return Command.of(
            "lease lookup", "Print what is known of a lease", Shape.FORMAT, LeaseCommands::lookup)
        .usage("[options] ID")
        .help(
            """
            Prints when a lease was made and when it ends.

                $ %s lease lookup database/creds/readonly/2f6a614c
            """);
  }

  static int lookup(Invocation call) {
    String id = id(call, "1");
    Secret secret =
        call.client()
            .write(
                "sys/leases/lookup", Tree.body("lease_id", id), "error looking up lease id " + id);
    if (secret == null) {
      throw Failure.remote("No value found at " + id);
    }
    return call.output().secret(secret);
  }

  private static Command renew() {
    return Command.of("lease renew", "Prolong a lease", Shape.FORMAT, LeaseCommands::renew)
        .usage("[options] ID")
        .help(
            """
            Prolongs a lease. The server may grant less than was asked for.

                $ %s lease renew -increment=30m database/creds/readonly/2f6a614c
            """)
        .flags(INCREMENT);
  }

  static int renew(Invocation call) {
    String id = id(call, "1-2");
    return renew(call, id, call.get(INCREMENT));
  }

  static int renew(Invocation call, String id, Duration increment) {
    Secret secret =
        call.client()
            .write(
                "sys/leases/renew",
                Tree.body("increment", Numeral.of(increment.toSeconds()), "lease_id", id),
                "Error renewing " + id);
    if (secret == null) {
      throw Failure.remote("Error renewing " + id + ": empty response");
    }
    return call.output().secret(secret);
  }

  private static String id(Invocation call, String expected) {
    if (call.arguments().isEmpty()) {
      throw Failure.usage("Missing ID!");
    }
    call.expect(1, 1, expected);
    return call.argument(0).strip();
  }

  private static Command revoke() {
    return Command.of("lease revoke", "Take back what was lent", Shape.PLAIN, LeaseCommands::revoke)
        .usage("[options] ID")
        .help(
            """
            Revokes a lease: what was lent is taken back.

                $ %s lease revoke database/creds/readonly/2f6a614c

                $ %s lease revoke -prefix database/creds/readonly/
            """)
        .flags(FORCE, PREFIX, SYNC);
  }

  static int revoke(Invocation call) {
    call.expect(1);
    boolean force = call.get(FORCE);
    boolean prefix = call.get(PREFIX);
    if (force && !prefix) {
      throw Failure.usage("Specifying -force requires also specifying -prefix");
    }
    String id = call.argument(0).strip();
    Client client = call.client();
    if (force) {
      call.console()
          .warn(
              Wrap.text(
                  "Warning! Force-removing leases can leave behind what they stand for: the server"
                      + " then knows nothing of it any more."));
      client.write(
          "sys/leases/revoke-force/" + id, null, "Error force revoking leases with prefix " + id);
      call.console().line("Success! Force revoked any leases with prefix: " + id);
      return 0;
    }
    boolean sync = call.get(SYNC);
    String path = prefix ? "sys/leases/revoke-prefix/" + id : "sys/leases/revoke/" + id;
    String doing = prefix ? "Error revoking leases with prefix " : "Error revoking lease ";
    client.write(path, Tree.body("sync", sync), doing + id);
    String done = prefix ? "Success! Revoked any leases with prefix: " : "Success! Revoked lease: ";
    call.console().line(sync ? done + id : "All revocation operations queued successfully!");
    return 0;
  }
}
