package coffer.secrets.kv;

import static coffer.secrets.kv.SecretPath.PATH;
import static coffer.secrets.kv.SettingsParams.CAS_REQUIRED;
import static coffer.secrets.kv.SettingsParams.METADATA_CAS_REQUIRED;

import coffer.engine.Call;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `metadata/`: what is known of a secret and set for it, and its removal with all versions.
final class MetadataRoutes {
  private static final String TEMPLATE = "metadata/{path...}";

  private static final Param<?>[] CHANGES = {
    PATH,
    SettingsParams.MAX_VERSIONS,
    CAS_REQUIRED,
    SettingsParams.DELETE_VERSION_AFTER,
    METADATA_CAS_REQUIRED,
    CustomMetadata.CUSTOM,
    CheckAndSet.METADATA_CAS
  };

  private MetadataRoutes() {}

  static List<Route> routes() {
    return List.of(
        Route.of(
            Operation.READ,
            TEMPLATE,
            "Read what is known of a secret.",
            MetadataRoutes::read,
            PATH),
        Route.of(
                Operation.UPDATE,
                TEMPLATE,
                "Set what holds for a secret, with or without versions.",
                MetadataRoutes::write,
                CHANGES)
            .creating(call -> SecretStore.of(call).has(call.get(PATH))),
        Route.of(
            Operation.PATCH,
            TEMPLATE,
            "Change a part of what holds for a secret.",
            MetadataRoutes::patch,
            CHANGES),
        Route.of(
            Operation.DELETE,
            TEMPLATE,
            "Remove a secret with all its versions for good.",
            MetadataRoutes::delete,
            PATH));
  }

  private static Reply read(Call call) {
    if (BadPaths.isRoot(call)) {
      return BadPaths.root(call);
    }
    Secret secret = SecretStore.of(call).find(call.get(PATH));
    if (secret == null) {
      throw Refusal.absent();
    }
    return new Reply.Data(secret.metadata());
  }

  private static Reply write(Call call) {
    return change(call, false);
  }

  private static Reply patch(Call call) {
    return change(call, true);
  }

  private static Reply change(Call call, boolean patches) {
    if (BadPaths.isRoot(call)) {
      return BadPaths.root(call);
    }
    String path = SecretPath.ofWrite(call);
    Optional<Long> cas = CheckAndSet.metadataCas(call);
    if (!SettingsParams.givenAny(call) && !SettingsParams.given(call, CustomMetadata.CUSTOM)) {
      return Reply.DONE;
    }
    var store = SecretStore.of(call);
    Settings mount = store.mountSettings();
    call.lock(path);
    Secret found = store.find(path);
    Secret old = found == null ? Secret.fresh(call.now()) : found;
    Secret changed = changed(call, old, patches);
    if (found == null && patches) {
      return SecretPath.NOTHING_TO_PATCH;
    }
    CheckAndSet.metadata(cas, mount, old, found == null);
    store.put(path, changed);
    warn(call, CAS_REQUIRED, mount.casRequired());
    warn(call, METADATA_CAS_REQUIRED, mount.metadataCasRequired());
    return Reply.DONE;
  }

  private static Secret changed(Call call, Secret old, boolean patches) {
    Map<String, String> custom =
        patches
            ? CustomMetadata.merged(call, old.custom())
            : CustomMetadata.replaced(call, old.custom());
    return old.with(SettingsParams.change(old.settings(), call, false), custom, call.now());
  }

  private static void warn(Call call, Param<Boolean> param, boolean mandated) {
    if (mandated && !call.find(param).orElse(true)) {
      call.warn(
          "\""
              + param.name()
              + "\" set to false, but is mandated by backend config. This value will be ignored.");
    }
  }

  private static Reply delete(Call call) {
    if (BadPaths.isRoot(call)) {
      return BadPaths.root(call);
    }
    String path = call.get(PATH);
    var store = SecretStore.of(call);
    call.lock(path);
    Secret secret = store.find(path);
    if (secret != null) {
      store.delete(path, secret);
    }
    return Reply.DONE;
  }
}
