package coffer.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The fields `token_…` of requests that write a user or role of an auth method, with the names
/// that some of them had before: those are the same without the prefix, and count where the new
/// name isn't given. A method has one constant of these:
///
/// ```java
/// static final TokenFields TOKENS = new TokenFields("policies", "ttl");
/// ```
///
/// The checks and their texts are the peers'. Immutable.
public final class TokenFields {
  static final String PREFIX = "token_";

  /// Types that mounts may be tuned to, which leave the choice to somebody else.
  private static final Map<String, Login.TokenType> ADJUSTED =
      Map.of("default-service", Login.TokenType.SERVICE, "default-batch", Login.TokenType.BATCH);

  private static final Param<List<String>> BOUND_CIDRS =
      Param.field(
          "token_bound_cidrs",
          Kind.STRINGS,
          "The IP addresses and ranges from where one may log in and use the token.");
  private static final Param<Duration> EXPLICIT_MAX_TTL =
      Param.field(
          "token_explicit_max_ttl",
          Kind.TTL,
          "The most that the token may last by renewals, whatever else is said.");
  private static final Param<Duration> MAX_TTL =
      Param.field("token_max_ttl", Kind.TTL, "The most that the token may last by renewals.");
  private static final Param<Boolean> NO_DEFAULT_POLICY =
      Param.field(
          "token_no_default_policy",
          Kind.BOOLEAN,
          "Whether the token goes without the policy `default`.");
  private static final Param<Long> NUM_USES =
      Param.field(
          "token_num_uses",
          Kind.INTEGER,
          "How often the token may be used; 0 for as often as one likes.");
  private static final Param<Duration> PERIOD =
      Param.field(
          "token_period",
          Kind.TTL,
          "How long each renewal lasts, for ever on; 0 for tokens that end some day.");
  private static final Param<List<String>> POLICIES =
      Param.field("token_policies", Kind.STRINGS, "The policies of the token.");
  private static final Param<Boolean> STRICTLY_BIND_IP =
      Param.field(
          "token_strictly_bind_ip",
          Kind.BOOLEAN,
          "Whether the token works only from the address that logged in.");
  private static final Param<Duration> TTL =
      Param.field("token_ttl", Kind.TTL, "How long the token lasts at first.");
  private static final Param<String> TYPE =
      Param.field(
          "token_type",
          Kind.STRING,
          "The kind of token: `service`, `batch`, or `default` for what the mount says.");

  private static final List<Param<?>> ALL =
      List.of(
          BOUND_CIDRS,
          EXPLICIT_MAX_TTL,
          MAX_TTL,
          NO_DEFAULT_POLICY,
          NUM_USES,
          PERIOD,
          POLICIES,
          STRICTLY_BIND_IP,
          TTL,
          TYPE);

  private final List<Param<?>> fields;
  private final Set<String> old;
  private final boolean adjusts;

  /// @param old names without the prefix that the method understands too, such as `policies`
  public TokenFields(String... old) {
    this(ALL, Set.of(old), false);
  }

  private TokenFields(List<Param<?>> fields, Set<String> old, boolean adjusts) {
    this.fields = fields;
    this.old = old;
    this.adjusts = adjusts;
  }

  /// The same fields, where the types `default-service` and `default-batch` are taken for `service`
  /// and `batch`, with a warning.
  public TokenFields adjusting() {
    return new TokenFields(fields, old, true);
  }

  /// Some of the fields alone (`token_policies`), with their old names if there are any.
  public TokenFields only(String... some) {
    Set<String> names = Set.of(some);
    return new TokenFields(
        ALL.stream().filter(param -> names.contains(param.name())).toList(), old, adjusts);
  }

  /// What a route that takes the fields declares, after what else it takes.
  public Param<?>[] after(Param<?>... others) {
    List<Param<?>> all = new ArrayList<>(List.of(others));
    all.addAll(fields);
    fields.stream().filter(this::hasOld).forEach(param -> all.add(old(param)));
    return all.toArray(Param<?>[]::new);
  }

  /// What is to hold after a request: what it says, and what held before where it says nothing.
  public TokenSettings read(Call call, TokenSettings before) {
    return checked(
        new TokenSettings(
            find(call, BOUND_CIDRS).map(TokenFields::ranges).orElse(before.boundCidrs()),
            find(call, EXPLICIT_MAX_TTL).orElse(before.explicitMaxTtl()),
            find(call, MAX_TTL).orElse(before.maxTtl()),
            find(call, NO_DEFAULT_POLICY).orElse(before.noDefaultPolicy()),
            find(call, NUM_USES).orElse(before.numUses()),
            find(call, PERIOD).orElse(before.period()),
            policies(call).orElse(before.policies()),
            find(call, STRICTLY_BIND_IP).orElse(before.strictlyBindIp()),
            find(call, TTL).orElse(before.ttl()),
            find(call, TYPE).map(word -> type(call, word)).orElse(before.type()),
            oldNames(call, before)));
  }

  private <T> Optional<T> find(Call call, Param<T> param) {
    if (!fields.contains(param)) {
      return Optional.empty();
    }
    Optional<T> value = call.find(param);
    return value.isEmpty() && hasOld(param) ? call.find(old(param)) : value;
  }

  /// By their old name they are put in order, as the peers do.
  private Optional<List<String>> policies(Call call) {
    return call.has(POLICIES)
        ? find(call, POLICIES)
        : find(call, POLICIES).map(TokenFields::inOrder);
  }

  static List<String> inOrder(List<String> policies) {
    var sorted = new TreeSet<String>();
    policies.forEach(policy -> sorted.add(policy.toLowerCase(Locale.ROOT)));
    sorted.remove("");
    return List.copyOf(sorted);
  }

  private Set<String> oldNames(Call call, TokenSettings before) {
    var names = new TreeSet<>(before.old());
    for (Param<?> param : fields) {
      if (!hasOld(param)) {
        continue;
      }
      if (call.has(old(param))) {
        names.add(oldName(param));
      } else if (call.has(param)) {
        names.remove(oldName(param));
      }
    }
    return Set.copyOf(names);
  }

  private boolean hasOld(Param<?> param) {
    return old.contains(oldName(param));
  }

  private static String oldName(Param<?> param) {
    return param.name().substring(PREFIX.length());
  }

  private static <T> Param<T> old(Param<T> param) {
    return Param.field(
        oldName(param), param.kind(), "The old name of `" + param.name() + "`, which goes first.");
  }

  private static List<AddressRange> ranges(List<String> texts) {
    return texts.stream().map(TokenFields::range).toList();
  }

  private static AddressRange range(String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.bad(
          "error parsing address \"%s\": Unable to convert \"%s\" to an IPv4 or IPv6 address, or a UNIX Socket"
              .formatted(text, text));
    }
  }

  private Login.TokenType type(Call call, String word) {
    Login.TokenType type = adjusts ? ADJUSTED.get(word) : null;
    if (type == null) {
      return type(word);
    }
    call.warn(word + " has no useful meaning; adjusting to " + type.word());
    return type;
  }

  private static Login.TokenType type(String word) {
    if (word.isEmpty()) {
      return Login.TokenType.DEFAULT;
    }
    return Stream.of(Login.TokenType.values())
        .filter(type -> type.word().equals(word))
        .findAny()
        .orElseThrow(() -> Refusal.bad("invalid 'token_type' value \"" + word + "\""));
  }

  private static TokenSettings checked(TokenSettings settings) {
    if (settings.type() == Login.TokenType.BATCH) {
      String batch = "'token_type' cannot be 'batch' or 'default_batch' when set to generate ";
      refuseIf(settings.period().isPositive(), batch + "periodic tokens");
      refuseIf(settings.numUses() != 0, batch + "tokens with limited use count");
    }
    refuseIf(settings.numUses() < 0, "'token_num_uses' cannot be negative");
    refuseIf(
        settings.maxTtl().isPositive() && settings.ttl().compareTo(settings.maxTtl()) > 0,
        "'token_ttl' cannot be greater than 'token_max_ttl'");
    refuseIf(
        settings.strictlyBindIp() && !settings.boundCidrs().isEmpty(),
        "'token_strictly_bind_ip' conflicts with 'token_bound_cidrs'; set only one");
    return settings;
  }

  private static void refuseIf(boolean wrong, String message) {
    if (wrong) {
      throw Refusal.bad(message);
    }
  }

  /// Reads what [TokenSettings#stored] wrote.
  public static TokenSettings stored(Map<String, Object> values) {
    return new TokenSettings(
        ranges(value(values, BOUND_CIDRS)),
        value(values, EXPLICIT_MAX_TTL),
        value(values, MAX_TTL),
        value(values, NO_DEFAULT_POLICY),
        value(values, NUM_USES),
        value(values, PERIOD),
        value(values, POLICIES),
        value(values, STRICTLY_BIND_IP),
        value(values, TTL),
        type(value(values, TYPE)),
        Set.copyOf(Kind.STRINGS.read("old", values.getOrDefault("old", List.of()))));
  }

  private static <T> T value(Map<String, Object> values, Param<T> param) {
    Object value = values.get(param.name());
    if (value == null) {
      throw new IllegalStateException("a stored user or role lacks " + param.name());
    }
    return param.kind().read(param.name(), value);
  }
}
