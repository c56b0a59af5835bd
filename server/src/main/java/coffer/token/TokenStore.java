package coffer.token;

import coffer.barrier.Barrier;
import coffer.barrier.Locks;
import coffer.barrier.Transaction;
import coffer.engine.Caller;
import coffer.json.Fields;
import coffer.json.Json;
import coffer.storage.Storage.Entry;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All tokens. A token is found by the keyed hash of its id and works as long as neither it nor any
/// of its ancestors has expired or was revoked; expiry is checked here at each use, so whoever
/// cleans up may be late. May be used by many threads; what changes goes through the transaction of
/// the request and is seen by others once that is committed.
///
/// ```
/// token/<key>                      the token
/// token-by-accessor/<hash>         its accessor, and its key
/// token-child/<parent>/<key>       the tree
/// lease/<id>                       its key, for lists and look-ups of leases
/// due/<time>/t<key>                when it ends
/// doomed/<key>                     revoked with all below it, and not yet cleaned up
/// parted/<key>                     revoked without its children, and not yet cleaned up
/// ```
public final class TokenStore {
  static final String TOKENS = "token/";
  static final String ACCESSORS = "token-by-accessor/";
  static final String CHILDREN = "token-child/";
  private static final String LEASES = "lease/";
  private static final String SALT = "core/token-salt";
  private static final int SALT_BYTES = 32;

  /// How many tokens are kept in memory at most.
  private static final int CACHED = 50_000;

  private static final int COUNTED_AT_ONCE = 1_000;

  private static final byte[] NOTHING = {};

  private final Barrier barrier;
  private final SecureRandom random;
  private final InstantSource time;
  private final Doomed doomed = new Doomed();
  private final Locks locks = new Locks();
  private final BatchTokens batches;
  private final Cache<String, @Nullable Live> cache =
      Caffeine.newBuilder().maximumSize(CACHED).build();
  private volatile @Nullable TokenIds ids;

  public TokenStore(Barrier barrier, SecureRandom random, InstantSource time) {
    this.barrier = barrier;
    this.random = random;
    this.time = time;
    this.batches = new BatchTokens(barrier);
  }

  /// Gets ready after unsealing.
  public void open() {
    byte[] stored = barrier.get(SALT);
    byte[] salt;
    if (stored == null) {
      salt = new byte[SALT_BYTES];
      random.nextBytes(salt);
      var transaction = new Transaction(barrier);
      transaction.put(SALT, Json.bytes(Map.of("salt", Base64.getEncoder().encodeToString(salt))));
      transaction.commit();
    } else {
      salt = Base64.getDecoder().decode(new Fields(Json.object(stored)).text("salt"));
    }
    ids = new TokenIds(salt, random);
    doomed.open(barrier);
  }

  /// Forgets everything before sealing.
  public void close() {
    cache.invalidateAll();
    batches.close();
    ids = null;
  }

  TokenIds ids() {
    TokenIds open = ids;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    return open;
  }

  /// The trees that are being cleaned up.
  public Doomed doomed() {
    return doomed;
  }

  /// The locks of whoever changes or removes a token, named by its key.
  public Locks locks() {
    return locks;
  }

  /// A random text for ids.
  public String randomId() {
    return ids().newAccessor();
  }

  /// What the token with this id is stored under.
  public String keyOf(String id) {
    return ids().hash(id);
  }

  /// The token with this id, if it works now.
  public @Nullable Token find(String id) {
    return BatchTokens.isOne(id) ? batch(id) : byKey(keyOf(id));
  }

  private @Nullable Token batch(String id) {
    Token token = batches.open(id);
    if (token == null || token.expired(time.instant())) {
      return null;
    }
    return token.orphan() || byKey(token.parent()) != null ? token : null;
  }

  /// The id that holds a batch token.
  String seal(Token token) {
    return batches.seal(token);
  }

  /// The token of somebody whom the server's own engines are called by, whether or not it works for
  /// another request.
  public @Nullable Token of(Caller caller) {
    return caller.token().isEmpty()
        ? find(caller.header().apply("X-Vault-Token"))
        : stored(caller.token());
  }

  /// The token under this key, if it works now.
  public @Nullable Token byKey(String key) {
    Live live = load(key);
    return live != null && alive(live, time.instant()) ? current(live.token()) : null;
  }

  /// An orphan from the moment its parent is revoked alone, and not only once it is written.
  private Token current(Token token) {
    return !token.orphan() && doomed.spares(token.parent()) ? token.withParent("") : token;
  }

  /// Whether nothing that happens to its parent matters to a token.
  private boolean isOrphan(Token token) {
    return token.orphan() || doomed.spares(token.parent());
  }

  /// The token with this accessor, if it works now.
  public @Nullable Token byAccessor(String accessor) {
    byte[] found = barrier.get(ACCESSORS + ids().hash(accessor));
    return found == null ? null : byKey(new Fields(Json.object(found)).text("token"));
  }

  /// Whether a token was revoked, by itself or with an ancestor; not whether its time is up.
  public boolean revoked(String key) {
    long epoch = doomed.epoch();
    Instant now = time.instant();
    Live live = load(key);
    while (live != null && !doomed.contains(live.token().key())) {
      if (isOrphan(live.token()) || live.until(epoch, now) != null) {
        return false;
      }
      live = load(live.token().parent());
    }
    return true;
  }

  /// The token under this key as it is stored, whether or not it still works.
  public @Nullable Token stored(String key) {
    Live live = load(key);
    return live == null ? null : current(live.token());
  }

  /// The same past the cache: for whoever sees each token once.
  public @Nullable Token uncached(String key) {
    Live live = read(key);
    return live == null ? null : live.token();
  }

  private @Nullable Live load(String key) {
    return cache.get(key, this::read);
  }

  private @Nullable Live read(String key) {
    byte[] bytes = barrier.get(TOKENS + key);
    return bytes == null ? null : new Live(TokenCodec.token(key, bytes));
  }

  /// Looks at the ancestors, up to one that was found alive since the last revocation.
  private boolean alive(Live live, Instant now) {
    long epoch = doomed.epoch();
    Instant until = Instant.MAX;
    Live one = live;
    while (one != null) {
      Instant known = one.until(epoch, now);
      if (known != null) {
        return alive(live, epoch, known.isBefore(until) ? known : until);
      }
      Token token = one.token();
      Instant end = token.expires();
      if (end != null && end.isBefore(until)) {
        until = end;
      }
      if (!now.isBefore(until) || doomed.contains(token.key()) || token.uses() < 0) {
        return false;
      }
      if (isOrphan(token)) {
        return alive(live, epoch, until);
      }
      one = load(token.parent());
    }
    return false;
  }

  private static boolean alive(Live live, long epoch, Instant until) {
    live.alive(epoch, until);
    return true;
  }

  /// Writes a new token.
  void add(Transaction transaction, Token token) {
    transaction.put(TOKENS + token.key(), TokenCodec.bytes(token));
    transaction.put(
        ACCESSORS + ids().hash(token.accessor()),
        Json.bytes(Map.of("accessor", token.accessor(), "token", token.key())));
    if (!token.orphan()) {
      transaction.put(child(token.parent(), token.key()), NOTHING);
    }
    if (!token.lease().isEmpty()) {
      transaction.put(LEASES + token.lease(), Json.bytes(Map.of("token", token.key())));
    }
    if (token.expires() != null) {
      transaction.put(Due.key(token.expires(), Due.Kind.TOKEN, token.key()), NOTHING);
    }
    transaction.onCommit(() -> cache.put(token.key(), new Live(token)));
  }

  /// Writes a token that has changed. Whoever changes a token holds the lock of its key until that
  /// is committed.
  public void replace(Transaction transaction, Token before, Token after) {
    transaction.put(TOKENS + after.key(), TokenCodec.bytes(after));
    Instant old = before.expires();
    Instant end = after.expires();
    if (old != null && !old.equals(end)) {
      transaction.delete(Due.key(old, Due.Kind.TOKEN, before.key()));
    }
    if (end != null && !end.equals(old)) {
      transaction.put(Due.key(end, Due.Kind.TOKEN, after.key()), NOTHING);
    }
    boolean shorter = end != null && (old == null || end.isBefore(old));
    transaction.onCommit(
        () -> {
          cache.put(after.key(), new Live(after));
          if (shorter) {
            doomed.changed();
          }
        });
  }

  /// Removes all that is written of a token itself; not what is below it.
  public void remove(Transaction transaction, Token token) {
    transaction.delete(TOKENS + token.key());
    transaction.delete(ACCESSORS + ids().hash(token.accessor()));
    if (!token.orphan()) {
      transaction.delete(child(token.parent(), token.key()));
    }
    if (!token.lease().isEmpty()) {
      transaction.delete(LEASES + token.lease());
    }
    if (token.expires() != null) {
      transaction.delete(Due.key(token.expires(), Due.Kind.TOKEN, token.key()));
    }
    transaction.onCommit(() -> cache.invalidate(token.key()));
  }

  /// Removes the place of a child in the tree, where the child itself isn't there.
  public void unlink(Transaction transaction, String parent, String key) {
    transaction.delete(child(parent, key));
  }

  /// Revokes a token with all below it: one mark, and from the commit on none of them works.
  public void doom(Transaction transaction, String key) {
    doomed.mark(transaction, key);
  }

  /// Revokes a token alone: one mark, and from the commit on its children are orphans.
  public void part(Transaction transaction, String key) {
    doomed.markAlone(transaction, key);
  }

  /// Ends the cleaning up behind a revoked token.
  public void cleaned(Transaction transaction, String key) {
    doomed.unmark(transaction, key);
  }

  /// Whether a token was revoked without its children.
  public boolean sparesChildren(String key) {
    return doomed.spares(key);
  }

  /// Writes a child as the orphan that it is, since its parent was revoked alone. Needs the lock of
  /// the child.
  public void release(Transaction transaction, String parent, String key) {
    Token child = uncached(key);
    if (child != null && child.parent().equals(parent)) {
      replace(transaction, child, child.withParent(""));
    }
    unlink(transaction, parent, key);
  }

  /// Tokens as they are stored, in the order of their keys, after the given one, at most so many.
  public List<Token> page(String after, int limit) {
    return barrier.range(TOKENS, after.isEmpty() ? "" : TOKENS + after, limit).stream()
        .map(entry -> TokenCodec.token(entry.key().substring(TOKENS.length()), entry.value()))
        .map(this::current)
        .toList();
  }

  /// The keys of a token's children, ascending, after the given one, at most so many.
  public List<String> children(String key, String after, int limit) {
    String prefix = child(key, "");
    return barrier.range(prefix, after.isEmpty() ? "" : prefix + after, limit).stream()
        .map(entry -> entry.key().substring(prefix.length()))
        .toList();
  }

  /// The accessors of all tokens in no order that means anything, a page at a time.
  ///
  /// @param after the hash that the last page ended with; empty for the first
  public List<Accessor> accessors(String after, int limit) {
    return barrier.range(ACCESSORS, after.isEmpty() ? "" : ACCESSORS + after, limit).stream()
        .map(TokenStore::accessor)
        .toList();
  }

  /// How many tokens there are, by a walk over all of them; those that have expired and aren't
  /// cleaned up yet count too.
  public long count() {
    long count = 0;
    String after = "";
    while (true) {
      List<Entry> page = barrier.range(ACCESSORS, after, COUNTED_AT_ONCE);
      count += page.size();
      if (page.size() < COUNTED_AT_ONCE) {
        return count;
      }
      after = page.getLast().key();
    }
  }

  private static Accessor accessor(Entry entry) {
    var fields = new Fields(Json.object(entry.value()));
    return new Accessor(
        entry.key().substring(ACCESSORS.length()), fields.text("accessor"), fields.text("token"));
  }

  /// Removes an accessor that leads nowhere.
  public void removeAccessor(Transaction transaction, Accessor accessor) {
    transaction.delete(ACCESSORS + accessor.hash());
  }

  /// An accessor as it is stored.
  ///
  /// @param hash where to go on listing
  /// @param token the key of its token
  public record Accessor(String hash, String accessor, String token) {}

  private static String child(String parent, String key) {
    return CHILDREN + parent + "/" + key;
  }
}
