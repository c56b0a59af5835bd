package coffer.policy;

import coffer.hcl.HclException;
import coffer.hcl.Item;
import coffer.hcl.Stanza;
import coffer.hcl.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads one `path "…" { … }`. Used once.
final class RuleParser {
  /// How many segments a path may have; what walks them is recursive.
  static final int MAX_SEGMENTS = 256;

  private static final Set<String> KEYS =
      Set.of(
          "comment",
          "policy",
          "capabilities",
          "allowed_parameters",
          "denied_parameters",
          "required_parameters",
          "min_wrapping_ttl",
          "max_wrapping_ttl",
          "mfa_methods",
          "pagination_limit",
          "expiration",
          "list_scan_response_keys_filter_path",
          "control_group");

  private final Stanza stanza;
  private final Value.Body body;
  private final String named;

  RuleParser(Stanza stanza) {
    this.stanza = stanza;
    this.body = stanza.body();
    this.named = "path " + PolicyParser.quoted(stanza.label().name()) + ": ";
  }

  Rule parse() {
    boolean templated = Templates.used(stanza.label().name());
    PolicyParser.refuseOthers(body, KEYS);
    int controlled = ControlGroups.controlled(body);
    String path = path();
    int capabilities = capabilities();
    Duration min = wrappingTtl("min_wrapping_ttl");
    Duration max = wrappingTtl("max_wrapping_ttl");
    if (!min.isZero() && !max.isZero() && max.compareTo(min) < 0) {
      throw new IllegalArgumentException("max_wrapping_ttl cannot be less than min_wrapping_ttl");
    }
    if (body.value("list_scan_response_keys_filter_path").isPresent()) {
      throw new IllegalArgumentException("list_scan_response_keys_filter_path is not supported");
    }
    return new Rule(
        path,
        stanza.at().line(),
        capabilities,
        parameters("allowed_parameters"),
        parameters("denied_parameters"),
        strings("required_parameters"),
        min,
        max,
        paginationLimit(),
        expiration(),
        controlled,
        templated);
  }

  private String path() {
    String written = stanza.label().name();
    String path = written.startsWith("/") ? written.substring(1) : written;
    if (path.contains("+*")) {
      throw new IllegalArgumentException(named + "invalid use of wildcards ('+*' is forbidden)");
    }
    if (path.chars().filter(c -> c == '/').count() >= MAX_SEGMENTS) {
      throw new IllegalArgumentException(named + "more than " + MAX_SEGMENTS + " segments");
    }
    return path;
  }

  private int capabilities() {
    int granted = 0;
    for (String word : words()) {
      Capability capability =
          Capability.of(word)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          named + "invalid capability " + PolicyParser.quoted(word)));
      if (capability == Capability.DENY) {
        return capability.bit();
      }
      granted |= capability.bit();
    }
    return granted;
  }

  /// The capabilities, with what the old `policy = "write"` stands for.
  private List<String> words() {
    var words = new ArrayList<>(strings("capabilities"));
    String old = body.value("policy").map(Value::text).orElse("");
    switch (old) {
      case "" -> {}
      case "deny" -> {
        return List.of("deny");
      }
      case "read" -> words.addAll(List.of("read", "list"));
      case "write" -> words.addAll(List.of("create", "read", "update", "delete", "list"));
      case "sudo" -> words.addAll(List.of("create", "read", "update", "delete", "list", "sudo"));
      default ->
          throw new IllegalArgumentException(named + "invalid policy " + PolicyParser.quoted(old));
    }
    return words;
  }

  private List<String> strings(String key) {
    return body.values(key).stream()
        .flatMap(value -> listOf(key, value).stream())
        .map(Value::text)
        .toList();
  }

  private static List<Value> listOf(String key, Value value) {
    if (value instanceof Value.Many many) {
      return many.values();
    }
    throw new HclException(value.at(), key + " must be a list, not " + value.kind());
  }

  private Map<String, List<Object>> parameters(String key) {
    Map<String, List<Object>> found = new LinkedHashMap<>();
    for (Value value : blocks(key)) {
      for (Item item : value.body().items()) {
        List<Object> values = found.computeIfAbsent(name(item), name -> new ArrayList<>());
        listOf(key + "." + item.key().name(), item.value())
            .forEach(one -> values.add(Parameters.plain(one)));
      }
    }
    return found;
  }

  private List<Value> blocks(String key) {
    return body.values(key).stream()
        .flatMap(value -> value instanceof Value.Many many ? many.values().stream() : of(value))
        .toList();
  }

  private static java.util.stream.Stream<Value> of(Value value) {
    return java.util.stream.Stream.of(value);
  }

  private static String name(Item item) {
    return item.key().name().toLowerCase(Locale.ROOT);
  }

  private Duration wrappingTtl(String key) {
    try {
      return body.value(key).map(Value::duration).orElse(Duration.ZERO);
    } catch (HclException e) {
      throw new IllegalArgumentException("error parsing " + key + ": " + e.problem(), e);
    }
  }

  private long paginationLimit() {
    return body.value("pagination_limit").map(Value::integer).orElse(0L);
  }

  private Optional<Instant> expiration() {
    return body.value("expiration").map(Value::text).filter(text -> !text.isEmpty()).map(this::at);
  }

  private Instant at(String text) {
    try {
      return text.matches("-?\\d{1,18}")
          ? Instant.ofEpochSecond(Long.parseLong(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          named + "invalid expiration time: could not parse string as date and time", e);
    }
  }
}
