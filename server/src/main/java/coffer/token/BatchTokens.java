package coffer.token;

import coffer.barrier.Barrier;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Batch tokens, whose id holds all there is to know of them: sealed by the barrier, so that only
/// this server can read or make one, and stored nowhere. May be used by many threads.
final class BatchTokens {
  /// What the ids begin with.
  static final String PREFIX = "hvb.";

  /// What they are sealed for: no stored entry can pass for one.
  private static final String PURPOSE = "batch-token";

  /// Ids of how many characters are kept in memory at most, with what they hold.
  private static final long CACHED = 8L << 20;

  private final Barrier barrier;
  private final Cache<String, Token> opened =
      Caffeine.newBuilder()
          .maximumWeight(CACHED)
          .weigher((String id, Token token) -> id.length())
          .build();

  BatchTokens(Barrier barrier) {
    this.barrier = barrier;
  }

  static boolean isOne(String id) {
    return id.startsWith(PREFIX);
  }

  /// The id of a token.
  String seal(Token token) {
    byte[] clear = TokenCodec.bytes(token);
    byte[] sealed = barrier.sealOutside(PURPOSE, clear);
    Arrays.fill(clear, (byte) 0);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /// The token that an id holds, whether or not it still works; null where the id is none of ours.
  @Nullable Token open(String id) {
    Token known = opened.getIfPresent(id);
    if (known != null) {
      return known;
    }
    byte[] sealed = sealed(id);
    byte[] clear = sealed == null ? null : barrier.openOutside(PURPOSE, sealed);
    if (clear == null) {
      return null;
    }
    Token token = TokenCodec.token("", clear);
    opened.put(id, token);
    return token;
  }

  /// Of the spellings that would be read alike only the one that was handed out counts.
  private static byte @Nullable [] sealed(String id) {
    String text = id.substring(PREFIX.length());
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(text);
      String proper = Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
      return proper.equals(text) ? sealed : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Forgets what was opened.
  void close() {
    opened.invalidateAll();
  }
}
