package coffer.identity;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What callers say of entities and groups alike. What they don't say stays as it was; null says
/// that there is to be nothing.
final class Given {
  static final Param<String> ID_IN_PATH = Param.path("id", "The id.");
  static final Param<String> NAME_IN_PATH = Param.path("name", "The name.");
  static final Param<String> NAME = Param.string("name", "The name.");
  static final Param<Map<String, String>> METADATA =
      Param.field(
          "metadata",
          Kind.PAIRS,
          "What to say about it, in pairs of texts: up to 64, names of up to 128 bytes and values of"
              + " up to 512.",
          Map.of());
  static final Param<List<String>> POLICIES =
      Param.strings("policies", "The policies that come with it.");

  static final Param<String> AFTER =
      Param.string("after", "The id after which the list is to begin.");
  static final Param<Long> LIMIT =
      Param.field("limit", Kind.INTEGER, "How many to list at most; 0 for all.", 0L);

  private Given() {}

  static boolean has(Call call, Param<?> param) {
    return call.fields().containsKey(param.name());
  }

  static String name(Call call) {
    String name = call.get(NAME_IN_PATH);
    if (name.isEmpty()) {
      throw Refusal.unsupported();
    }
    return name;
  }

  static long limit(Call call) {
    long limit = call.get(LIMIT);
    return limit <= 0 ? Long.MAX_VALUE : limit;
  }

  /// @param of what it is said: `entity` or `group`
  static Map<String, String> metadata(Call call, String of, Map<String, String> before) {
    return has(call, METADATA) ? Metadata.checked(of, call.get(METADATA)) : before;
  }

  static List<String> policies(Call call, List<String> before) {
    if (!has(call, POLICIES)) {
      return before;
    }
    var policies = new TreeSet<String>();
    call.get(POLICIES).forEach(policy -> policies.add(Policy.normalName(policy)));
    policies.remove("");
    if (policies.contains(Policy.ROOT)) {
      throw Refusal.bad("policies cannot contain root");
    }
    return List.copyOf(policies);
  }
}
