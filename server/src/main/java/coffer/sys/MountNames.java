package coffer.sys;

import coffer.engine.EngineType.Family;
import coffer.engine.Refusal;
import coffer.mount.MountEntry;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which paths and types of mounts there may be, in one family.
final class MountNames {
  private static final String AUTH = "auth/";
  private static final List<String> PROTECTED =
      List.of("sys/", "auth/", "cubbyhole/", "identity/", "audit/");

  private final Family family;
  private final MountTable mounts;

  MountNames(Family family, MountTable mounts) {
    this.family = family;
    this.mounts = mounts;
  }

  /// The path with one `/` at its end and none before it.
  static String slashed(String path) {
    String plain = path.replaceAll("^/+|/+$", "");
    return plain + "/";
  }

  /// The path in the table: that of an auth method begins with `auth/`.
  String full(String path) {
    return family == Family.AUTH ? AUTH + path : path;
  }

  /// The path in messages about tuning.
  String shown(String path) {
    return full(path);
  }

  @Nullable Mounted at(String path) {
    Mounted mounted = mounts.at(full(path));
    return mounted != null && mounted.entry().family() == family ? mounted : null;
  }

  MountTable.Kind kind(String asked) {
    if (MountTable.isSingle(asked)) {
      throw Refusal.bad(
          family == Family.AUTH
              ? asked + " credential backend cannot be instantiated"
              : "mount type of \"" + asked + "\" is not mountable");
    }
    MountTable.Kind kind = mounts.kind(family, asked);
    if (kind == null) {
      throw Refusal.bad("plugin not found in the catalog: " + asked);
    }
    return kind;
  }

  void checkFree(String path) {
    if (!MountTable.isPath(path) || path.equals("/")) {
      throw Refusal.bad("path cannot be mounted: it is empty, too long or not printable");
    }
    if (family == Family.SECRET && PROTECTED.stream().anyMatch(path::startsWith)) {
      throw Refusal.bad("cannot mount \"" + path + "\"");
    }
    Mounted taken = mounts.conflict(full(path));
    if (taken != null) {
      throw Refusal.bad("path is already in use at " + taken.entry().shortPath());
    }
  }

  void checkRemovable(String path) {
    if (family == Family.AUTH && path.equals("token/")) {
      throw Refusal.bad("token credential backend cannot be disabled");
    }
    if (family == Family.SECRET && PROTECTED.contains(path)) {
      throw Refusal.bad("cannot unmount \"" + path + "\"");
    }
  }

  void checkTunable(MountEntry entry, Set<String> fields) {
    if (entry.type().equals(MountTable.TOKEN) && fields.contains("token_type")) {
      throw Refusal.bad("'token_type' cannot be set for 'token' or 'ns_token' auth mounts");
    }
    boolean fixed = MountTable.isSingle(entry.type()) && !entry.type().equals(MountTable.TOKEN);
    if (fixed && !fields.isEmpty()) {
      List<String> tunable =
          List.of(
              "passthrough_request_headers",
              "audit_non_hmac_request_keys",
              "audit_non_hmac_response_keys",
              "listing_visibility",
              "allowed_response_headers");
      for (String field : fields) {
        if (!tunable.contains(field)) {
          throw Refusal.bad("cannot tune parameter " + field + " of " + entry.path());
        }
      }
    }
  }

  /// The family that a full path belongs to.
  static Family familyOf(String path) {
    return path.startsWith(AUTH) ? Family.AUTH : Family.SECRET;
  }
}
