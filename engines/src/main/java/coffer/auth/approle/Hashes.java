package coffer.auth.approle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keyed hashes, under which ids are stored and found: HMAC-SHA-256, told apart by what they are
/// of. Whoever doesn't know the key can't learn anything from how long it takes to find one.
/// Immutable.
final class Hashes {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac keyed;

  Hashes(byte[] key) {
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String ofRoleId(String roleId) {
    return hash("role-id", "", roleId);
  }

  /// @param folder of the role: the same secret id is another one for another role
  String ofSecretId(String folder, String secretId) {
    return hash("secret-id", folder, secretId);
  }

  String ofAccessor(String folder, String accessor) {
    return hash("accessor", folder, accessor);
  }

  private String hash(String kind, String folder, String id) {
    String text = kind + '\0' + folder + '\0' + id;
    try {
      byte[] hash = ((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
