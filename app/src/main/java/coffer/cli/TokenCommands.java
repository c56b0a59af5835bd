package coffer.cli;

import coffer.cli.Command.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `token …`: making tokens, looking them up, keeping them alive and ending them.
final class TokenCommands {
  static final Flag<String> ID =
      Flag.text("id", "The token itself; made up if left out. Needs sudo.");
  static final Flag<String> DISPLAY_NAME =
      Flag.text("display-name", "A name to know the token by in logs and lists. No secret.");
  static final Flag<Duration> TTL =
      Flag.duration(
          "ttl", "How long the token lives unless it is renewed, like \"30s\" or \"5m\".");
  static final Flag<Duration> EXPLICIT_MAX_TTL =
      Flag.duration("explicit-max-ttl", "The longest it can live, renewed or not.");
  static final Flag<Duration> PERIOD =
      Flag.duration("period", "Renew for this long each time, with no end to it. Needs sudo.");
  static final Flag<Boolean> RENEWABLE =
      Flag.truth("renewable", "Whether the token can be renewed.").or(true);
  static final Flag<Boolean> ORPHAN =
      Flag.truth(
          "orphan",
          "Make the token without a parent, so that it outlives its maker. Needs root or sudo.");
  static final Flag<Boolean> NO_DEFAULT_POLICY =
      Flag.truth("no-default-policy", "Leave the policy \"default\" out.");
  static final Flag<Integer> USE_LIMIT =
      Flag.number("use-limit", "How often the token can be used before it is revoked; 0: always.");
  static final Flag<String> ROLE =
      Flag.text("role", "The token role to make it by, which may overrule other flags.");
  static final Flag<String> TYPE =
      Flag.text("type", "\"service\" or \"batch\".")
          .or("service")
          .completing(Completes.TOKEN_TYPES);
  static final Flag<Map<String, String>> METADATA =
      Flag.pairs(
          "metadata",
          "Metadata, as key=value, that is shown on look-up and in the audit log on every use."
              + " May be given many times.");
  static final Flag<List<String>> POLICY =
      Flag.list("policy", "A policy of the token. May be given many times.");
  static final Flag<String> ENTITY_ALIAS =
      Flag.text("entity-alias", "The alias of the entity it is for. Works with -role alone.");
  static final Flag<Boolean> ACCESSOR =
      Flag.truth("accessor", "Take the argument for an accessor in place of a token.");
  static final Flag<Duration> INCREMENT =
      Flag.duration("increment", "By how much to prolong its life, counted from now.").alias("i");
  static final Flag<Boolean> SELF = Flag.truth("self", "Revoke the token in use.");
  static final Flag<String> MODE =
      Flag.text(
              "mode",
              "\"orphan\" to leave the token's children alive, \"path\" to revoke all tokens made"
                  + " under the path given.")
          .completing(Completes.MODES);

  static final Flag<Boolean> DRY_RUN =
      Flag.truth("dry-run", "Count what would die with the token, and leave it alone.");

  private TokenCommands() {}

  static Topic topic() {
    return new Topic(
        "token",
        "Make, look up, renew and revoke tokens",
        """
        Groups the commands for tokens.

        Make a token:

            $ %s token create

        Revoke one, with all its children:

            $ %s token revoke 96ddf4bc-d217-f3ba-f9bd-017055595017

        Renew one:

            $ %s token renew 96ddf4bc-d217-f3ba-f9bd-017055595017
        """,
        List.of(capabilities(), create(), lookup(), renew(), revoke(), TokenTree.command()));
  }

  private static Command capabilities() {
    return Command.of(
            "token capabilities",
            "Print what a token may do on a path",
            Shape.FORMAT,
            TokenCommands::capabilities)
        .usage("[options] [TOKEN] PATH")
        .help(
            """
            Prints the capabilities of a token on a path: of the token in use, or of another one.

                $ %s token capabilities secret/foo

                $ %s token capabilities 96ddf4bc-d217-f3ba-f9bd-017055595017 cubbyhole/foo
            """);
  }

  static int capabilities(Invocation call) {
    call.expect(1, 2, "1-2");
    boolean self = call.arguments().size() == 1;
    String path = call.argument(self ? 0 : 1);
    Map<String, @Nullable Object> body =
        self ? Tree.body("path", path) : Tree.body("token", call.argument(0), "path", path);
    Map<String, @Nullable Object> found =
        call.client()
            .data(
                "POST",
                self ? "sys/capabilities-self" : "sys/capabilities",
                body,
                "Error listing capabilities");
    Object of = found.containsKey(path) ? found.get(path) : found.get("capabilities");
    if (of == null) {
      throw Failure.usage("No capabilities found");
    }
    List<String> capabilities = Tree.texts(of);
    if (!call.output().isTable()) {
      return call.output().data(capabilities);
    }
    capabilities.sort(null);
    call.console().line(String.join(", ", capabilities));
    return 0;
  }

  private static Command create() {
    return Command.of("token create", "Make a token", Shape.FIELD, TokenCommands::create)
        .help(
            """
            Makes a token as a child of the one in use: when that one is revoked, so is this. It
            has the policies of its parent, or the part of them that -policy names.

                $ %s token create -policy=web -ttl=1h -metadata=team=payments
            """)
        .flags(
            ID,
            DISPLAY_NAME,
            TTL,
            EXPLICIT_MAX_TTL,
            PERIOD,
            RENEWABLE,
            ORPHAN,
            NO_DEFAULT_POLICY,
            USE_LIMIT,
            ROLE,
            TYPE,
            METADATA,
            POLICY,
            ENTITY_ALIAS);
  }

  static int create(Invocation call) {
    call.expect(0);
    String role = call.get(ROLE);
    Secret secret =
        call.client()
            .post(
                role.isEmpty() ? "auth/token/create" : "auth/token/create/" + role,
                createBody(call),
                "Error creating token");
    if (secret == null) {
      throw Failure.remote("Error creating token: empty response");
    }
    return call.show(secret);
  }

  private static Map<String, @Nullable Object> createBody(Invocation call) {
    Map<String, @Nullable Object> body = new TreeMap<>();
    putText(body, "id", call.get(ID));
    putText(body, "display_name", call.get(DISPLAY_NAME));
    putText(body, "type", call.get(TYPE));
    putText(body, "entity_alias", call.get(ENTITY_ALIAS));
    body.put("ttl", Go.print(call.get(TTL)));
    body.put("explicit_max_ttl", Go.print(call.get(EXPLICIT_MAX_TTL)));
    body.put("period", Go.print(call.get(PERIOD)));
    body.put("renewable", call.get(RENEWABLE) && !call.get(TYPE).equals("batch"));
    body.put("num_uses", Numeral.of(call.get(USE_LIMIT)));
    if (call.get(ORPHAN)) {
      body.put("no_parent", true);
    }
    if (call.get(NO_DEFAULT_POLICY)) {
      body.put("no_default_policy", true);
    }
    if (call.has(POLICY)) {
      body.put("policies", call.get(POLICY));
    }
    if (call.has(METADATA)) {
      body.put("meta", call.get(METADATA));
    }
    return body;
  }

  private static void putText(Map<String, @Nullable Object> body, String key, String text) {
    if (!text.isEmpty()) {
      body.put(key, text);
    }
  }

  private static Command lookup() {
    return Command.of(
            "token lookup", "Print what is known of a token", Shape.FIELD, TokenCommands::lookup)
        .usage("[options] [TOKEN | ACCESSOR]")
        .help(
            """
            Prints what is known of a token: of the one in use, or of another by itself or by its
            accessor.

                $ %s token lookup

                $ %s token lookup -accessor 9793c9b3-e04a-46f3-e7b8-748d7da248da
            """)
        .flags(ACCESSOR);
  }

  static int lookup(Invocation call) {
    boolean accessor = call.get(ACCESSOR);
    if (accessor && call.arguments().size() != 1) {
      int count = call.arguments().size();
      throw Failure.usage(
          (count < 1 ? "Not enough" : "Too many")
              + " arguments with -accessor (expected 1, got "
              + count
              + ")");
    }
    call.expect(0, 1, "0-1");
    String token = call.arguments().isEmpty() ? "" : call.argument(0).strip();
    Client client = call.client();
    String doing = "Error looking up token";
    Secret secret;
    if (token.isEmpty()) {
      secret = client.read("auth/token/lookup-self", doing);
    } else if (accessor) {
      secret = client.post("auth/token/lookup-accessor", Tree.body("accessor", token), doing);
    } else {
      secret = client.post("auth/token/lookup", Tree.body("token", token), doing);
    }
    if (secret == null) {
      throw Failure.remote(doing + ": empty response");
    }
    return call.show(secret);
  }

  private static Command renew() {
    return Command.of("token renew", "Prolong a token's life", Shape.FORMAT, TokenCommands::renew)
        .usage("[options] [TOKEN]")
        .help(
            """
            Prolongs the life of a token: of the one in use, or of another. The server may grant
            less than was asked for.

                $ %s token renew

                $ %s token renew -increment=30m 96ddf4bc-d217-f3ba-f9bd-017055595017
            """)
        .flags(ACCESSOR, INCREMENT);
  }

  static int renew(Invocation call) {
    call.expect(0, 1, "1");
    String token = call.arguments().isEmpty() ? "" : call.argument(0).strip();
    Numeral increment = Numeral.of(call.get(INCREMENT).toSeconds());
    Client client = call.client();
    String doing = "Error renewing token";
    Secret secret;
    if (token.isEmpty()) {
      secret = client.write("auth/token/renew-self", Tree.body("increment", increment), doing);
    } else if (call.get(ACCESSOR)) {
      secret =
          client.post(
              "auth/token/renew-accessor",
              Tree.body("accessor", token, "increment", increment),
              doing);
    } else {
      secret =
          client.write(
              "auth/token/renew", Tree.body("token", token, "increment", increment), doing);
    }
    if (secret == null) {
      throw Failure.remote(doing + ": empty response");
    }
    return call.output().secret(secret);
  }

  private static Command revoke() {
    return Command.of(
            "token revoke", "Revoke a token and its children", Shape.PLAIN, TokenCommands::revoke)
        .usage("[options] [TOKEN | ACCESSOR]")
        .help(
            """
            Revokes a token, all its children and all they hold.

                $ %s token revoke 96ddf4bc-d217-f3ba-f9bd-017055595017

            Leave the children alive, without a parent:

                $ %s token revoke -mode=orphan 96ddf4bc-d217-f3ba-f9bd-017055595017

            Revoke all tokens of a login method:

                $ %s token revoke -mode=path auth/userpass/

            See first what would die with it, which needs sudo:

                $ %s token revoke -dry-run 96ddf4bc-d217-f3ba-f9bd-017055595017
            """)
        .flags(ACCESSOR, SELF, MODE, DRY_RUN);
  }

  static int revoke(Invocation call) {
    boolean self = call.get(SELF);
    boolean accessor = call.get(ACCESSOR);
    String mode = call.get(MODE);
    checkRevoke(call, self, accessor, mode);
    String token = call.arguments().isEmpty() ? "" : call.argument(0).strip();
    Client client = call.client();
    String doing = "Error revoking token";
    if (call.get(DRY_RUN)) {
      return TokenTree.cascade(call, accessor ? "accessor" : "token", token);
    }
    if (self) {
      client.write("auth/token/revoke-self", null, doing);
    } else if (accessor) {
      client.post("auth/token/revoke-accessor", Tree.body("accessor", token), doing);
    } else {
      switch (mode) {
        case "orphan" -> client.write("auth/token/revoke-orphan", Tree.body("token", token), doing);
        case "path" -> client.write("sys/leases/revoke-prefix/" + token, null, doing);
        default -> client.write("auth/token/revoke", Tree.body("token", token), doing);
      }
    }
    call.console().line("Success! Revoked token (if it existed)");
    return 0;
  }

  private static void checkRevoke(Invocation call, boolean self, boolean accessor, String mode) {
    if (!mode.isEmpty() && !mode.equals("orphan") && !mode.equals("path")) {
      throw Failure.usage("Invalid mode: " + mode);
    }
    if (self && !call.arguments().isEmpty()) {
      throw Failure.usage(
          "Too many arguments with -self (expected 0, got " + call.arguments().size() + ")");
    }
    if (!self) {
      call.expect(1, 1, "1 or -self");
    }
    if (self && accessor) {
      throw Failure.usage("Cannot use -self with -accessor!");
    }
    if (self && !mode.isEmpty()) {
      throw Failure.usage("Cannot use -self with -mode!");
    }
    if (call.get(DRY_RUN) && (self || !mode.isEmpty())) {
      throw Failure.usage("Cannot use -dry-run with -self or -mode!");
    }
    if (accessor && !mode.isEmpty()) {
      throw Failure.usage("Cannot use -accessor with -mode=" + mode + "!");
    }
  }
}
