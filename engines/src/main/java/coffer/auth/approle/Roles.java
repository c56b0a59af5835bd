package coffer.auth.approle;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The roles of the mount that a call is for, by name and by role id. Names don't tell upper case
/// from lower case: here they are in lower case.
final class Roles {
  static final Param<String> NAME = Param.path("role_name", "The name of the role.");

  private static final String NAMES = "role/";
  private static final String ROLE_IDS = "role-id/";
  private static final String HASH = "hash";
  private static final String LOCK = "roles";

  /// A role that nobody can be: it is read in place of one that isn't there.
  private static final Role NOBODY = Role.fresh("-", "-", "-");

  /// As the peers': letters, digits and `_`, and between those `-` and `.` too.
  private static final Pattern FORM = Pattern.compile("\\w([\\w.-]*\\w)?");

  private final MountKey keys;

  Roles(MountKey keys) {
    this.keys = keys;
  }

  /// The name that a path gives; what can't be one is no path.
  static String name(Call call) {
    String given = call.get(NAME);
    if (!FORM.matcher(given).matches()) {
      throw noPath();
    }
    return given.toLowerCase(Locale.ROOT);
  }

  static Refusal noPath() {
    return new Refusal(Refusal.Why.ABSENT, Refusal.listed("unsupported path"));
  }

  /// What the peers say where a role is needed and isn't there.
  static String missing(String name) {
    return "role \"" + name + "\" does not exist";
  }

  Optional<Role> find(Call call, String name) {
    return call.storage()
        .get(NAMES + name)
        .map(entry -> byHash(call, (String) entry.getOrDefault(HASH, "")).orElseThrow());
  }

  /// The same, with other writers of roles kept out until the call is answered: a role id belongs
  /// to one role only.
  Optional<Role> lock(Call call, String name) {
    call.lock(LOCK);
    return find(call, name);
  }

  /// The role that a secret id is for, as most requests about those are refused without it.
  Role need(Call call, String name) {
    return find(call, name)
        .orElseThrow(() -> new Refusal(Refusal.Why.FAILED, Refusal.listed(missing(name))));
  }

  boolean exists(Call call, String name) {
    return call.storage().get(NAMES + name).isPresent();
  }

  /// The role that a login names.
  Optional<Role> ofRoleId(Call call, String roleId) {
    return byHash(call, keys.hashes(call).ofRoleId(roleId));
  }

  /// What a login goes on with where there is no such role, so that it takes as long: a folder in
  /// which there is nothing.
  String nobodys(Call call) {
    return byHash(call, NOBODY.roleId()).orElse(NOBODY).folder();
  }

  private static Optional<Role> byHash(Call call, String hash) {
    return call.storage().get(ROLE_IDS + hash).map(Role::of);
  }

  /// Writes a role, for whoever holds the lock.
  ///
  /// @param before the role as it was
  void put(Call call, Optional<Role> before, Role role) {
    Hashes hashes = keys.ensured(call);
    String hash = hashes.ofRoleId(role.roleId());
    String key = ROLE_IDS + hash;
    if (byHash(call, hash).filter(other -> !isSame(other, role)).isPresent()) {
      throw new Refusal(Refusal.Why.FAILED, Refusal.listed("role_id already in use"));
    }
    before
        .filter(old -> !old.roleId().equals(role.roleId()))
        .ifPresent(old -> call.storage().delete(ROLE_IDS + hashes.ofRoleId(old.roleId())));
    call.storage().put(NAMES + role.name(), Map.of(HASH, hash));
    call.storage().put(key, role.stored());
    call.storage().put(ROLE_IDS + NOBODY.roleId(), NOBODY.stored());
  }

  private static boolean isSame(Role one, Role other) {
    return one.name().equals(other.name());
  }

  /// Deletes a role with all its secret ids, for whoever holds the lock.
  void delete(Call call, Role role) {
    call.storage().delete(NAMES + role.name());
    call.storage().delete(ROLE_IDS + keys.hashes(call).ofRoleId(role.roleId()));
    SecretIds.deleteAll(call, role.folder());
    Cleaning.later(call, role.folder());
  }

  List<String> list(Call call, String after, int limit) {
    return call.storage().list(NAMES, after, limit);
  }
}
