package coffer.sys;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.json.Fields;
import coffer.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Who may call from pages of other origins: kept behind the barrier, and told to the doors
/// whenever it changes. May be used by many threads.
public final class CrossOrigins {
  private static final String KEY = "core/config/cors";

  /// @param origins `*` for any; none where browsers are told nothing
  /// @param headers further headers that may be sent
  /// @param credentials whether browsers may send what they keep for this server
  public record Rules(List<String> origins, List<String> headers, boolean credentials) {
    static final Rules NONE = new Rules(List.of(), List.of(), false);
  }

  private volatile Rules rules = Rules.NONE;
  private volatile Consumer<Rules> doors = changed -> {};

  /// Tells what counts now and from now on.
  public void onChange(Consumer<Rules> told) {
    doors = told;
    told.accept(rules);
  }

  /// Takes up what is stored, after unsealing.
  public void open(Barrier barrier) {
    byte[] stored = barrier.get(KEY);
    if (stored == null) {
      change(Rules.NONE);
      return;
    }
    var fields = new Fields(Json.object(stored));
    change(new Rules(fields.texts("origins"), fields.texts("headers"), fields.flag("credentials")));
  }

  Rules rules() {
    return rules;
  }

  void put(Transaction transaction, Rules wanted) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("origins", wanted.origins());
    fields.put("headers", wanted.headers());
    fields.put("credentials", wanted.credentials());
    transaction.put(KEY, Json.bytes(fields));
    transaction.onCommit(() -> change(wanted));
  }

  void remove(Transaction transaction) {
    transaction.delete(KEY);
    transaction.onCommit(() -> change(Rules.NONE));
  }

  private void change(Rules wanted) {
    rules = wanted;
    doors.accept(wanted);
  }
}
