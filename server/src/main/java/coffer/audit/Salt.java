package coffer.audit;

import coffer.token.Token;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The key of a device's hashes, which is stored behind the barrier, with the hashes of tokens that
/// were seen lately: they are in every line of their holders. Ids of tokens aren't kept, only what
/// stands for them. May be used by many threads.
final class Salt {
  private static final int REMEMBERED = 1_024;

  /// What stands for a token and its accessor.
  record Known(String accessor, byte[] idHash, byte[] accessorHash) {}

  private final String text;
  private final AtomicReferenceArray<@Nullable Known> known =
      new AtomicReferenceArray<>(REMEMBERED);

  Salt(String text) {
    this.text = text;
  }

  /// A new hash by this salt.
  Hmac hmac() {
    return new Hmac(text);
  }

  /// @param id of the token
  Known known(Token token, String id, Hmac hmac) {
    String accessor = token.accessor();
    if (accessor.isEmpty()) {
      return new Known("", hmac.bytes(id), new byte[0]);
    }
    int slot = accessor.hashCode() & REMEMBERED - 1;
    Known found = known.get(slot);
    if (found == null || !found.accessor.equals(accessor)) {
      found = new Known(accessor, hmac.bytes(id), hmac.bytes(accessor));
      known.set(slot, found);
    }
    return found;
  }

  /// Nothing of it.
  @Override
  public String toString() {
    return "Salt";
  }
}
