package coffer.auth.approle;

import coffer.engine.Call;
import coffer.engine.Operation;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Clears away what nobody can use any more: secret ids that have expired, and what calls that were
/// under way may have left behind of a deleted role.
///
/// An index by time says what is due. There is nothing that runs by itself: whoever makes a secret
/// id clears a few, so that a mount never holds many more than it has made use of, and `tidy`
/// clears the rest, page by page. Logins neither wait for it nor notice it.
///
/// What has expired is cleared after a while only, when no login can be under way any more that
/// found it living and counts its use. Only one call at a time clears, which holds the lock.
final class Cleaning {
  /// Longer than any request may take.
  static final Duration GRACE = Duration.ofMinutes(10);

  /// How many things one new secret id clears away.
  static final int A_FEW = 16;

  /// How many things are cleared away at a time, and how often in one request to tidy up.
  static final int PAGE = 500;

  static final int MOST_PAGES = 40;

  private static final String DUE = "due/";
  private static final String LOCK = "cleaning";
  private static final String FOLDER = "folder";
  private static final String SECRET_ID = "secret_id";

  private final Call call;
  private final MountKey keys;

  Cleaning(Call call, MountKey keys) {
    this.call = call;
    this.keys = keys;
  }

  static List<Route> routes(MountKey keys) {
    return List.of(
        Route.of(
            Operation.UPDATE,
            "tidy/secret-id",
            "Clear away secret ids that have expired.",
            call -> new Cleaning(call, keys).tidy()));
  }

  /// Keeps in mind that a secret id will expire.
  static void later(Call call, Instant expires, String folder, String hash) {
    call.storage().put(key(expires, hash), Map.of(FOLDER, folder, SECRET_ID, hash));
  }

  /// Keeps in mind that a role is deleted.
  static void later(Call call, String folder) {
    call.storage().put(key(call.now(), folder), Map.of(FOLDER, folder));
  }

  /// Forgets about a secret id that is no more.
  static void nothing(Call call, Instant expires, String hash) {
    call.storage().delete(key(expires, hash));
  }

  private static String key(Instant time, String name) {
    return DUE + HexFormat.of().toHexDigits(time.getEpochSecond()) + "." + name;
  }

  /// Whether a secret id may be cleared away.
  static boolean isDue(SecretId secretId, Instant now) {
    return secretId.hasExpired(now.minus(GRACE));
  }

  /// Keeps others from clearing away anything until the call is answered.
  void lock() {
    call.lock(LOCK);
  }

  /// Clears away a few things, if there are any.
  void aFew() {
    if (!due(1).isEmpty()) {
      lock();
      clear(due(A_FEW));
    }
  }

  private List<String> due(int most) {
    String end = HexFormat.of().toHexDigits(call.now().minus(GRACE).getEpochSecond());
    return call.storage().list(DUE, "", most).stream()
        .takeWhile(name -> name.compareTo(end) < 0)
        .toList();
  }

  private void clear(List<String> due) {
    for (String name : due) {
      call.storage().get(DUE + name).ifPresent(this::clear);
      call.storage().delete(DUE + name);
    }
  }

  private void clear(Map<String, Object> entry) {
    String folder = (String) entry.getOrDefault(FOLDER, "");
    if (entry.get(SECRET_ID) instanceof String hash) {
      var secretIds = new SecretIds(call, keys.hashes(call), folder);
      secretIds
          .stored(hash)
          .filter(found -> isDue(found, call.now()))
          .ifPresent(found -> secretIds.remove(hash, found));
    } else {
      SecretIds.deleteAll(call, folder);
    }
  }

  private Reply tidy() {
    lock();
    int cleared = 0;
    List<String> due = due(PAGE);
    for (int page = 0; page < MOST_PAGES && !due.isEmpty(); page++) {
      clear(due);
      call.storage().flush();
      cleared += due.size();
      due = due(PAGE);
    }
    call.warn(
        "Tidied up: %d secret IDs that had expired are gone.%s"
            .formatted(cleared, due.isEmpty() ? "" : " There are more: tidy up again."));
    return new Reply.Accepted();
  }
}
