package coffer.secrets.kv;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Reply;
import coffer.engine.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The names below a path: those of one folder, or of all folders below it.
final class Listing {
  static final Param<String> AFTER =
      Param.string("after", "The name after which the list begins; it needn't be there.");
  static final Param<Long> LIMIT =
      Param.field("limit", Kind.INTEGER, "How many names at most; 0 for all.", 0L);

  /// The most names of one answer.
  static final int MAX_NAMES = 1_000_000;

  private Listing() {}

  /// Those of a folder that come after a name, and only so many, where the caller says so.
  static List<String> page(Call call) {
    long limit = call.get(LIMIT);
    int most = limit <= 0 || limit > MAX_NAMES ? MAX_NAMES + 1 : (int) limit;
    String folder = SecretStore.key(SecretPath.ofFolder(call));
    return bounded(call.storage().list(folder, call.get(AFTER), most));
  }

  static Reply list(Call call) {
    return new Reply.Keys(page(call));
  }

  /// All names of a folder.
  static Reply folder(Call call) {
    String folder = SecretStore.key(SecretPath.ofFolder(call));
    return new Reply.Keys(bounded(call.storage().list(folder, "", MAX_NAMES + 1)));
  }

  /// An empty scan is no error, unlike an empty list: so it is with the peers.
  static Reply scan(Call call) {
    List<String> names = below(call);
    return names.isEmpty() ? new Reply.Data(Map.of()) : new Reply.Keys(names);
  }

  /// All secrets at any depth below a folder: a folder's own first, then its last folder's.
  static List<String> below(Call call) {
    Store store = call.storage();
    String root = SecretStore.key(SecretPath.ofFolder(call));
    var names = new ArrayList<String>();
    var folders = new ArrayDeque<String>();
    folders.push("");
    while (!folders.isEmpty()) {
      String folder = folders.pop();
      for (String name : store.list(root + folder, "", MAX_NAMES + 1)) {
        if (name.endsWith("/")) {
          folders.push(folder + name);
        } else {
          names.add(folder + name);
        }
      }
      bounded(names);
    }
    return names;
  }

  private static List<String> bounded(List<String> names) {
    if (names.size() > MAX_NAMES) {
      throw new Refusal(
          Why.TOO_LARGE, "more than " + MAX_NAMES + " names: list folders, with after and limit");
    }
    return names;
  }
}
