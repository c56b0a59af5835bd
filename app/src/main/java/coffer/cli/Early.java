package coffer.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The spellings of the commands in the first years of Vault (0.1 to 0.9), which scripts still use:
/// `token-create`, `mount`, `init`. Each says in a line on standard error how it is spelled now,
/// and then does what it always did.
final class Early {
  /// All of them but `auth`, which is a topic of today as well.
  static final List<String> NAMES =
      List.of(
          "audit-disable",
          "audit-enable",
          "audit-list",
          "auth-disable",
          "auth-enable",
          "capabilities",
          "generate-root",
          "init",
          "key-status",
          "mount",
          "mount-tune",
          "mounts",
          "policies",
          "policy-delete",
          "policy-write",
          "rekey",
          "remount",
          "renew",
          "revoke",
          "rotate",
          "seal",
          "step-down",
          "token-create",
          "token-lookup",
          "token-renew",
          "token-revoke",
          "unmount",
          "unseal");

  private static final Flag<Boolean> INSECURE =
      Flag.truth("insecure", "Early spelling of -tls-skip-verify.");
  private static final Flag<Duration> LEASE = Flag.duration("lease", "Early spelling of -ttl.");
  private static final Flag<Boolean> CHECK = Flag.truth("check", "Early spelling of -status.");
  private static final Flag<Boolean> GENOTP =
      Flag.truth("genotp", "Early spelling of -generate-otp.");
  private static final Flag<Boolean> RETRIEVE =
      Flag.truth("retrieve", "Early spelling of -backup-retrieve.");
  private static final Flag<Boolean> DELETE =
      Flag.truth("delete", "Early spelling of -backup-delete.");
  private static final Flag<Boolean> RECOVERY_KEY =
      Flag.truth("recovery-key", "Early spelling of -target=recovery.");

  private Early() {}

  /// The command of an early name, or null where the name is none of them.
  static @Nullable Command of(String name) {
    return switch (name) {
      case "audit-disable", "audit-enable", "audit-list" -> same(name, "audit", name.substring(6));
      case "auth-disable", "auth-enable" -> same(name, "auth", name.substring(5));
      case "policy-delete", "policy-write" -> same(name, "policy", name.substring(7));
      case "key-status", "rotate", "seal", "step-down", "unseal" -> same(name, "operator", name);
      case "capabilities" -> same(name, "token", name);
      case "token-lookup", "token-revoke" -> same(name, "token", name.substring(6));
      case "mounts" -> same(name, "secrets", "list");
      case "mount" -> same(name, "secrets", "enable");
      case "unmount" -> same(name, "secrets", "disable");
      case "remount" -> same(name, "secrets", "move");
      case "mount-tune" -> same(name, "secrets", "tune");
      case "token-create" -> early(name, "token create", Early::tokenCreate, LEASE);
      case "token-renew" ->
          early(name, "token renew", Early::tokenRenew).usage("[options] [TOKEN] [INCREMENT]");
      case "init" -> early(name, "operator init", Early::init, CHECK);
      case "generate-root" -> early(name, "operator generate-root", Early::generateRoot, GENOTP);
      case "rekey" -> early(name, "operator rekey", Early::rekey, RETRIEVE, DELETE, RECOVERY_KEY);
      case "policies" -> early(name, "policy list", Early::policies).usage("[options] [NAME]");
      case "renew" -> early(name, "lease renew", Early::renew).usage("[options] ID [INCREMENT]");
      case "revoke" -> early(name, "lease revoke", Early::revoke);
      default -> null;
    };
  }

  private static Command same(String name, String topic, String modern) {
    Command command = modern(topic + " " + modern);
    return early(name, command.name(), command.action());
  }

  private static Command early(String name, String modern, Action action, Flag<?>... more) {
    Command command = modern(modern);
    List<Flag<?>> flags = new ArrayList<>(List.of(more));
    flags.add(INSECURE);
    return new Command(
            name,
            "Early spelling of \"" + modern + "\"",
            command.usage(),
            "Early spelling of \"%s " + modern + "\".\n\n" + command.help(),
            command.groups(),
            command.output(),
            command.arguments(),
            call -> run(call, modern, action))
        .group("Early Options", flags.toArray(new Flag<?>[0]));
  }

  private static Command modern(String name) {
    Topic topic = Catalogue.topic(name.substring(0, name.indexOf(' ')));
    if (topic != null) {
      for (Command command : topic.commands()) {
        if (command.name().equals(name)) {
          return command;
        }
      }
    }
    throw new IllegalStateException("no command " + name);
  }

  private static int run(Invocation call, String modern, Action action) {
    boolean reads = call.command().name().equals("policies") && !call.arguments().isEmpty();
    hint(call, reads ? "policy read" : modern);
    if (call.get(INSECURE)) {
      call.options().set(Globals.TLS_SKIP_VERIFY, true);
    }
    return action.run(call);
  }

  /// Says how a command is spelled now.
  static void hint(Invocation call, String modern) {
    call.console()
        .warn(
            "\""
                + call.command().name()
                + "\" is an early spelling: the command is \""
                + Program.NAME
                + " "
                + modern
                + "\" now.");
  }

  private static int tokenCreate(Invocation call) {
    if (call.has(LEASE) && !call.has(TokenCommands.TTL)) {
      call.options().set(TokenCommands.TTL, call.get(LEASE));
    }
    return TokenCommands.create(call);
  }

  private static int tokenRenew(Invocation call) {
    if (call.arguments().size() != 2) {
      return TokenCommands.renew(call);
    }
    call.options().set(TokenCommands.INCREMENT, increment(call));
    return TokenCommands.renew(call.with(call.arguments().subList(0, 1)));
  }

  private static int renew(Invocation call) {
    if (call.arguments().size() != 2) {
      return LeaseCommands.renew(call);
    }
    return LeaseCommands.renew(call, call.argument(0).strip(), increment(call));
  }

  private static Duration increment(Invocation call) {
    try {
      return Go.duration(call.argument(1));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("Invalid increment: " + e.getMessage());
    }
  }

  private static int revoke(Invocation call) {
    call.options().set(LeaseCommands.SYNC, true);
    return LeaseCommands.revoke(call);
  }

  private static int init(Invocation call) {
    if (call.get(CHECK)) {
      call.options().set(InitCommand.STATUS, true);
    }
    return InitCommand.run(call);
  }

  private static int generateRoot(Invocation call) {
    if (call.get(GENOTP)) {
      call.options().set(GenerateRoot.GENERATE_OTP, true);
    }
    return GenerateRoot.run(call);
  }

  private static int rekey(Invocation call) {
    if (call.get(RETRIEVE)) {
      call.options().set(Rekey.BACKUP_RETRIEVE, true);
    }
    if (call.get(DELETE)) {
      call.options().set(Rekey.BACKUP_DELETE, true);
    }
    if (call.get(RECOVERY_KEY)) {
      call.options().set(Rekey.TARGET, "recovery");
    }
    return Rekey.rekey(call);
  }

  private static int policies(Invocation call) {
    return call.arguments().isEmpty() ? PolicyCommands.list(call) : PolicyCommands.read(call);
  }
}
