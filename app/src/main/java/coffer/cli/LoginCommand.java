package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `login`: gets a token by one of the [LoginMethod]s and keeps it for the runs to come.
final class LoginCommand {
  static final Flag<String> METHOD =
      Flag.text("method", "How to log in: the type of the method, wherever it is mounted.")
          .or("token")
          .completing(Completes.LOGIN_METHODS);
  static final Flag<String> PATH =
      Flag.text("path", "Where the method is mounted. The default is the name of its type.");
  static final Flag<Boolean> NO_STORE =
      Flag.truth("no-store", "Don't keep the token: only print it.");
  static final Flag<Boolean> NO_PRINT = Flag.truth("no-print", "Don't print the token.");
  static final Flag<Boolean> TOKEN_ONLY =
      Flag.truth("token-only", "Print the token alone. Short for -field=token -no-store.");

  private LoginCommand() {}

  static Topic topic() {
    return Topic.single(
        Command.of("login", "Log in", Shape.FIELD, LoginCommand::run)
            .usage("[options] [AUTH K=V...]")
            .help(
                """
                Logs in by a token or by another method, and keeps the token for the commands to
                come. What is needed is given as key=value; what is secret is asked for if it is
                left out.

                    $ %s login

                    $ %s login -method=userpass username=mia

                What a method needs:

                    $ %s auth help userpass
                """)
            .flags(METHOD, PATH, NO_STORE, NO_PRINT, TOKEN_ONLY));
  }

  static int run(Invocation call) {
    if (call.get(TOKEN_ONLY)) {
      call.options().set(NO_STORE, true);
      call.options().set(Globals.FIELD, "token");
    }
    if (call.get(NO_STORE) && call.get(NO_PRINT)) {
      throw Failure.usage("-no-store and -no-print cannot be used together");
    }
    String type = Paths.trim(call.get(METHOD));
    LoginMethod method = LoginMethod.of(type.isEmpty() ? "token" : type);
    if (method == null) {
      throw Failure.usage(
          Wrap.text(
              "Unknown auth method: "
                  + type
                  + ". Use \""
                  + Program.NAME
                  + " auth list\" to see the complete list of auth methods. Additionally, some"
                  + " auth methods are only available via the HTTP API."));
    }
    return run(call, method);
  }

  private static int run(Invocation call, LoginMethod method) {
    List<String> words = new ArrayList<>(call.arguments());
    boolean token = method.name().equals("token");
    if (token && !words.isEmpty() && words.get(0).indexOf('=') < 0) {
      words.set(0, "token=" + words.get(0));
    }
    Map<String, String> fields =
        new TreeMap<>(Data.parseTexts(call, words, "Error parsing configuration"));
    String path = call.get(PATH);
    fields.putIfAbsent("mount", path.isEmpty() ? method.name() : path);
    Client client = call.clientWithToken("");
    Secret secret =
        token ? TokenLogin.login(call, client, fields) : method.login(call, client, fields);
    if (secret == null) {
      throw Failure.remote("Error authenticating: empty response from credential provider");
    }
    return finish(call, client, secret);
  }

  private static int finish(Invocation call, Client client, Secret answered) {
    if (answered.auth() != null && answered.auth().get("mfa_requirement") != null) {
      warnOfEnvironment(call);
      call.console()
          .warn(
              Wrap.text(
                      "A login request was issued that is subject to MFA validation. Please make"
                          + " sure to validate the login by sending another request to"
                          + " sys/mfa/validate endpoint.")
                  + "\n");
      return call.output().secret(answered);
    }
    client.setWrapTtl("");
    Secret secret = answered;
    boolean unwrap = !call.get(NO_STORE);
    if (secret.auth() == null) {
      secret = unwrapped(client, secret, unwrap);
      if (!unwrap) {
        return call.get(TOKEN_ONLY)
            ? call.output().field(secret, "wrapping_token")
            : call.output().secret(secret);
      }
    }
    return store(call, secret);
  }

  private static Secret unwrapped(Client client, Secret secret, boolean unwrap) {
    String doing = "Error extracting token: ";
    if (secret.wrapInfo() == null) {
      throw Failure.remote(doing + "no auth or wrapping info in response");
    }
    if (Tree.text(secret.wrapInfo(), "wrapped_accessor").isEmpty()) {
      throw Failure.remote(doing + "wrapped response does not contain a token");
    }
    if (!unwrap) {
      return secret;
    }
    client.setToken(Tree.text(secret.wrapInfo(), "token"));
    Secret inner = Unwrapping.unwrap(client, "");
    if (inner == null || inner.auth() == null) {
      throw Failure.remote(doing + "no auth or wrapping info in response");
    }
    return inner;
  }

  private static int store(Invocation call, Secret secret) {
    String token = Tree.text(secret.auth(), "client_token");
    if (!call.get(NO_STORE)) {
      try {
        call.settings().tokenHelper().store(token);
      } catch (Failure e) {
        call.console().error("Error storing token: " + e.text());
        call.console()
            .error(
                Wrap.text(
                        "Authentication was successful, but the token was not persisted. The"
                            + " resulting token is shown below for your records.")
                    + "\n");
        call.output().secret(secret);
        return Failure.REMOTE;
      }
      warnOfEnvironment(call);
    } else if (!call.get(TOKEN_ONLY)) {
      call.console()
          .warn(
              Wrap.text(
                      "The token was not stored in token helper. Set the BAO_TOKEN environment"
                          + " variable or pass the token below with each request to Vault.")
                  + "\n");
    }
    return print(call, secret);
  }

  private static int print(Invocation call, Secret secret) {
    if (call.get(NO_PRINT)) {
      return 0;
    }
    String field = call.get(Globals.FIELD);
    if (!field.isEmpty()) {
      return call.output().field(secret, field);
    }
    call.output()
        .note(
            Wrap.text(
                    "Success! You are now authenticated. The token information displayed below is"
                        + " already stored in the token helper. You do NOT need to run \""
                        + Program.NAME
                        + " login\" again. Future requests will automatically use this token.")
                + "\n");
    return call.output().secret(secret);
  }

  private static void warnOfEnvironment(Invocation call) {
    @Nullable String set = call.env().find("TOKEN");
    if (set != null && !set.isEmpty()) {
      call.console()
          .warn(
              Wrap.text(
                      "WARNING! The BAO_TOKEN or VAULT_TOKEN environment variable is set! The value"
                          + " of this variable will take precedence; if this is unwanted please"
                          + " unset it or update its value accordingly.")
                  + "\n");
    }
  }
}
