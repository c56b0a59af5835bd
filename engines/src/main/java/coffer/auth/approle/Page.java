package coffer.auth.approle;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import java.util.List;

/// How a list is asked for page by page.
final class Page {
  static final Param<String> AFTER =
      Param.string("after", "The name after which the list is to begin.");
  static final Param<Long> LIMIT =
      Param.field("limit", Kind.INTEGER, "How many names to list; 0 for all.", 0L);

  /// The most names of one answer.
  private static final int MOST = 1_000_000;

  private Page() {}

  /// How many names to look for: one more than there may be, where a caller wants all.
  static int limit(Call call) {
    long limit = call.get(LIMIT);
    return limit <= 0 || limit > MOST ? MOST + 1 : (int) limit;
  }

  static List<String> bounded(List<String> names) {
    if (names.size() > MOST) {
      throw new Refusal(
          Refusal.Why.TOO_LARGE, "more than " + MOST + " names: list them with after and limit");
    }
    return names;
  }
}
