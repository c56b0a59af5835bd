package coffer.auth.approle;

import coffer.engine.Refusal;
import coffer.engine.TokenFields;
import coffer.engine.TokenSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who may log in as what. Immutable.
///
/// @param folder where its secret ids are: another one for each role that ever had the name
/// @param bindsSecretId whether a login takes a secret id
/// @param localSecretIds kept and shown only, for clients that set it
/// @param secretIdCidrs from where one may log in
/// @param secretIdUses how often a secret id may be used; 0 for as often as one likes
/// @param secretIdTtl how long a secret id lasts; zero for ever
/// @param tokens what the tokens are to be like
record Role(
    String name,
    String folder,
    String roleId,
    boolean bindsSecretId,
    boolean localSecretIds,
    Blocks secretIdCidrs,
    long secretIdUses,
    Duration secretIdTtl,
    TokenSettings tokens) {
  static final String BIND_SECRET_ID = "bind_secret_id";
  static final String LOCAL_SECRET_IDS = "local_secret_ids";
  static final String SECRET_ID_BOUND_CIDRS = "secret_id_bound_cidrs";
  static final String SECRET_ID_NUM_USES = "secret_id_num_uses";
  static final String SECRET_ID_TTL = "secret_id_ttl";

  private static final String NAME = "name";
  private static final String FOLDER = "folder";
  private static final String ROLE_ID = "role_id";

  static Role fresh(String name, String folder, String roleId) {
    return new Role(
        name, folder, roleId, true, false, Blocks.ANYWHERE, 0, Duration.ZERO, TokenSettings.NONE);
  }

  static Role of(Map<String, Object> stored) {
    return new Role(
        (String) value(stored, NAME),
        (String) value(stored, FOLDER),
        (String) value(stored, ROLE_ID),
        (Boolean) value(stored, BIND_SECRET_ID),
        (Boolean) value(stored, LOCAL_SECRET_IDS),
        Blocks.stored(value(stored, SECRET_ID_BOUND_CIDRS)),
        (Long) value(stored, SECRET_ID_NUM_USES),
        Duration.ofSeconds((Long) value(stored, SECRET_ID_TTL)),
        TokenFields.stored(stored));
  }

  private static Object value(Map<String, Object> stored, String name) {
    Object value = stored.get(name);
    if (value == null) {
      throw new IllegalStateException("a stored role lacks " + name);
    }
    return value;
  }

  /// What the store keeps.
  Map<String, Object> stored() {
    Map<String, Object> fields = tokens.stored();
    fields.put(NAME, name);
    fields.put(FOLDER, folder);
    fields.put(ROLE_ID, roleId);
    fields.put(BIND_SECRET_ID, bindsSecretId);
    fields.put(LOCAL_SECRET_IDS, localSecretIds);
    fields.put(SECRET_ID_BOUND_CIDRS, secretIdCidrs.texts());
    fields.put(SECRET_ID_NUM_USES, secretIdUses);
    fields.put(SECRET_ID_TTL, secretIdTtl);
    return fields;
  }

  /// What a reader is shown. Without restrictions there is null where the peers have it.
  Map<String, @Nullable Object> shown() {
    var fields = new LinkedHashMap<String, @Nullable Object>(tokens.shown());
    fields.put(BIND_SECRET_ID, bindsSecretId);
    fields.put(LOCAL_SECRET_IDS, localSecretIds);
    fields.put(SECRET_ID_BOUND_CIDRS, secretIdCidrs.isEmpty() ? null : secretIdCidrs.texts());
    fields.put(SECRET_ID_NUM_USES, secretIdUses);
    fields.put(SECRET_ID_TTL, secretIdTtl);
    return fields;
  }

  /// The role itself; refused if anybody who knows its id could log in from anywhere.
  Role checked() {
    if (!bindsSecretId && secretIdCidrs.isEmpty() && tokens.boundCidrs().isEmpty()) {
      throw new Refusal(
          Refusal.Why.FAILED,
          Refusal.listed("at least one constraint should be enabled on the role"));
    }
    return this;
  }

  Role withRoleId(String id) {
    return new Role(
        name,
        folder,
        id,
        bindsSecretId,
        localSecretIds,
        secretIdCidrs,
        secretIdUses,
        secretIdTtl,
        tokens);
  }

  Role withTokens(TokenSettings settings) {
    return new Role(
        name,
        folder,
        roleId,
        bindsSecretId,
        localSecretIds,
        secretIdCidrs,
        secretIdUses,
        secretIdTtl,
        settings);
  }

  Role withSecretIds(boolean binds, Blocks cidrs, long uses, Duration ttl) {
    return new Role(name, folder, roleId, binds, localSecretIds, cidrs, uses, ttl, tokens);
  }

  Role withLocalSecretIds(boolean local) {
    return new Role(
        name,
        folder,
        roleId,
        bindsSecretId,
        local,
        secretIdCidrs,
        secretIdUses,
        secretIdTtl,
        tokens);
  }

  @Override
  public String toString() {
    return "Role[" + name + "]";
  }
}
