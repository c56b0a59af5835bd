package coffer.secrets.kv;

import static coffer.secrets.kv.SecretPath.PATH;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.List;

/// `delete/`, `undelete/` and `destroy/`: what becomes of versions by their numbers. Numbers that
/// there are no versions for are passed over.
final class VersionRoutes {
  static final Param<List<Long>> VERSIONS =
      Param.field("versions", Kind.INTEGERS, "The numbers of the versions.").need();

  /// What becomes of a secret when something is done to one version of it, which isn't destroyed.
  @FunctionalInterface
  private interface Change {
    Secret apply(Call call, String path, Secret secret, long number, SecretVersion version);
  }

  private VersionRoutes() {}

  static List<Route> routes() {
    return List.of(
        Route.of(
            Operation.UPDATE,
            "delete/{path...}",
            "Delete versions of a secret, which can be undone.",
            call -> each(call, "No version number provided", VersionRoutes::delete),
            PATH,
            VERSIONS),
        Route.of(
            Operation.UPDATE,
            "undelete/{path...}",
            "Bring deleted versions of a secret back.",
            call -> each(call, "No version number provided", VersionRoutes::undelete),
            PATH,
            VERSIONS),
        Route.of(
            Operation.UPDATE,
            "destroy/{path...}",
            "Remove the data of versions of a secret for good.",
            call -> each(call, "no version number provided", VersionRoutes::destroy),
            PATH,
            VERSIONS));
  }

  private static Reply each(Call call, String none, Change change) {
    if (BadPaths.isRoot(call)) {
      return BadPaths.root(call);
    }
    String path = SecretPath.ofWrite(call);
    List<Long> numbers = call.find(VERSIONS).orElse(List.of());
    if (numbers.isEmpty()) {
      throw Refusal.bad(none);
    }
    var store = SecretStore.of(call);
    call.lock(path);
    Secret old = store.find(path);
    if (old == null) {
      return Reply.DONE;
    }
    Secret secret = old;
    for (long number : numbers) {
      SecretVersion version = secret.version(number);
      if (version != null && !version.destroyed()) {
        secret = change.apply(call, path, secret, number, version);
      }
    }
    if (!secret.equals(old)) {
      store.put(path, secret);
    }
    return Reply.DONE;
  }

  private static Secret delete(
      Call call, String path, Secret secret, long number, SecretVersion version) {
    return version.isDeleted(call.now())
        ? secret
        : secret.with(number, version.deletedAt(Timestamp.of(call.now())));
  }

  /// A version that is brought back lives as long again as a new one.
  private static Secret undelete(
      Call call, String path, Secret secret, long number, SecretVersion version) {
    Settings mount = SecretStore.of(call).mountSettings();
    String deletion = Settings.deletion(mount, secret.settings(), call.now());
    return secret.with(number, version.deletedAt(deletion));
  }

  private static Secret destroy(
      Call call, String path, Secret secret, long number, SecretVersion version) {
    SecretStore.of(call).deleteData(path, secret, number);
    return secret.with(number, version.destroy());
  }
}
