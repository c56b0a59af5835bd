package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.ArrayList;
import java.util.List;

/// `auth` as it was in the first years: logging in, listing the methods and explaining one, all by
/// flags.
final class EarlyAuth {
  private static final Flag<Boolean> METHODS = Flag.truth("methods", "List the login methods.");
  private static final Flag<Boolean> METHOD_HELP =
      Flag.truth("method-help", "Explain the method of -method.");
  private static final Flag<Boolean> NO_VERIFY =
      Flag.truth("no-verify", "Don't look the token up.");

  private EarlyAuth() {}

  static Command command() {
    return Command.of("auth", "Early spelling of \"login\"", Shape.FIELD, EarlyAuth::run)
        .usage("[options] [AUTH K=V...]")
        .flags(
            METHODS,
            METHOD_HELP,
            NO_VERIFY,
            LoginCommand.METHOD,
            LoginCommand.PATH,
            LoginCommand.NO_STORE,
            LoginCommand.NO_PRINT,
            LoginCommand.TOKEN_ONLY);
  }

  private static int run(Invocation call) {
    if (call.get(METHODS)) {
      Early.hint(call, "auth list");
      return AuthCommands.list(call);
    }
    if (call.get(METHOD_HELP)) {
      Early.hint(call, "auth help");
      return AuthCommands.help(call.with(List.of(call.get(LoginCommand.METHOD))));
    }
    Early.hint(call, "login");
    if (!call.get(NO_VERIFY)) {
      return LoginCommand.run(call);
    }
    List<String> words = new ArrayList<>(call.arguments());
    if (!words.isEmpty() && words.get(0).indexOf('=') < 0) {
      words.set(0, "token=" + words.get(0));
    }
    words.add("lookup=false");
    return LoginCommand.run(call.with(words));
  }
}
