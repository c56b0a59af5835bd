package coffer.token;

import coffer.engine.Call;
import coffer.engine.Durations;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the maker of a token asks for, as it was sent: nothing of it is granted yet.
///
/// @param policies by their normal names, in the order they came in
/// @param policiesGiven whether any were named, if only by blanks
record TokenWish(
    String id,
    List<String> policies,
    boolean policiesGiven,
    Map<String, String> metadata,
    boolean noParent,
    boolean noDefaultPolicy,
    boolean renewable,
    String ttl,
    String explicitMaxTtl,
    String period,
    long numUses,
    String displayName,
    String type,
    String entityAlias) {
  private static final Param<String> ID =
      Param.string("id", "The id it is to have; a random one if left out. Needs sudo.");
  private static final Param<List<Object>> POLICIES =
      Param.field(
          "policies", Kind.LIST, "Its policies; those of its maker if left out.", List.of());
  private static final Param<Map<String, String>> META =
      Param.field("meta", Kind.PAIRS, "Texts to go with it, into look-ups and audit lines.");
  private static final Param<Boolean> NO_PARENT =
      Param.flag("no_parent", "Make an orphan, which outlives its maker. Needs sudo.");
  private static final Param<Boolean> NO_DEFAULT_POLICY =
      Param.flag("no_default_policy", "Leave the policy \"default\" out.");
  private static final Param<Boolean> RENEWABLE =
      Param.field("renewable", Kind.BOOLEAN, "Whether it can be renewed.", true);
  private static final Param<String> TTL =
      Param.field("ttl", Kind.STRING, "How long it lasts at first.", "");
  private static final Param<String> LEASE =
      Param.field("lease", Kind.STRING, "The early name of ttl.", "");
  private static final Param<String> EXPLICIT_MAX_TTL =
      Param.field("explicit_max_ttl", Kind.STRING, "How long it lasts at most.", "");
  private static final Param<String> PERIOD =
      Param.field(
          "period",
          Kind.STRING,
          "How long each renewal makes it last, without a maximum. Needs sudo.",
          "");
  private static final Param<Long> NUM_USES =
      Param.field("num_uses", Kind.INTEGER, "How often it may be used; 0 for no limit.", 0L);
  private static final Param<String> DISPLAY_NAME =
      Param.field("display_name", Kind.STRING, "Its name in lists and audit lines.", "token");
  private static final Param<String> TYPE =
      Param.string("type", "The kind of token: service or batch; service if left out.");
  private static final Param<String> ENTITY_ALIAS =
      Param.string("entity_alias", "The alias of the entity behind it; needs a role.");

  static final List<Param<?>> PARAMS =
      List.of(
          ID,
          POLICIES,
          META,
          NO_PARENT,
          NO_DEFAULT_POLICY,
          RENEWABLE,
          TTL,
          LEASE,
          EXPLICIT_MAX_TTL,
          PERIOD,
          NUM_USES,
          DISPLAY_NAME,
          TYPE,
          ENTITY_ALIAS);

  static TokenWish of(Call call) {
    String early = call.get(LEASE);
    return new TokenWish(
        call.get(ID),
        names(call.get(POLICIES)),
        !call.get(POLICIES).isEmpty(),
        call.find(META).orElse(Map.of()),
        call.get(NO_PARENT),
        call.get(NO_DEFAULT_POLICY),
        call.get(RENEWABLE),
        call.find(TTL).orElse(early),
        call.get(EXPLICIT_MAX_TTL),
        call.get(PERIOD),
        call.get(NUM_USES),
        call.get(DISPLAY_NAME),
        call.get(TYPE),
        call.get(ENTITY_ALIAS));
  }

  private static List<String> names(List<Object> given) {
    var names = new ArrayList<String>(given.size());
    for (Object name : given) {
      names.add(Policy.normalName(Kind.STRING.read(POLICIES.name(), name)));
    }
    return names;
  }

  /// Refuses what a batch token can't have.
  void checkBatch() {
    checkBatch(EXPLICIT_MAX_TTL, explicitMaxTtl);
    if (numUses != 0) {
      throw impossible(NUM_USES);
    }
    checkBatch(PERIOD, period);
  }

  private static void checkBatch(Param<String> param, String text) {
    Duration duration;
    try {
      duration = Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.bad("'" + param.name() + "' value could not be parsed");
    }
    if (!duration.isZero()) {
      throw impossible(param);
    }
  }

  private static Refusal impossible(Param<?> param) {
    return Refusal.bad("batch tokens cannot have \"" + param.name() + "\" set");
  }

  Duration ttlSeconds() {
    return seconds(TTL, ttl);
  }

  Duration explicitMaxTtlSeconds() {
    return seconds(EXPLICIT_MAX_TTL, explicitMaxTtl);
  }

  Duration periodSeconds() {
    return seconds(PERIOD, period);
  }

  private static Duration seconds(Param<String> param, String text) {
    Duration duration;
    try {
      duration = Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.bad(String.valueOf(e.getMessage()));
    }
    if (duration.isNegative()) {
      throw Refusal.bad(param.name() + " must be positive");
    }
    return Duration.ofSeconds(duration.toSeconds());
  }

  /// Not the id.
  @Override
  public String toString() {
    return "TokenWish[policies=" + policies + "]";
  }
}
