package coffer.audit;

import coffer.token.Token;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// What counts as one client: an entity, or all tokens without one that have the same policies.
/// Those get a hash over the names of the policies, which is the peers' to the letter, so that
/// counts go on after a move. May be used by many threads.
public final class ClientIds {
  private static final int REMEMBERED = 256;
  private static final String NAMESPACE = "root";

  private record Known(List<String> policies, String id) {}

  private final AtomicReferenceArray<Known> known = new AtomicReferenceArray<>(REMEMBERED);

  public String of(Token token) {
    if (!token.entity().isEmpty()) {
      return token.entity();
    }
    List<String> policies = token.policies();
    int slot = policies.hashCode() & REMEMBERED - 1;
    Known found = known.get(slot);
    if (found == null || !found.policies.equals(policies)) {
      found = new Known(policies, hash(policies));
      known.set(slot, found);
    }
    return found.id;
  }

  private static String hash(List<String> policies) {
    String text = String.join("\u007f", policies.stream().sorted().toList()) + "\0" + NAMESPACE;
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sum);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
