package coffer.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer of the API: data, or a token, or a wrapping token, and warnings.
record Secret(
    String requestId,
    String leaseId,
    long leaseDuration,
    boolean renewable,
    @Nullable Map<String, @Nullable Object> data,
    @Nullable List<String> warnings,
    @Nullable Map<String, @Nullable Object> auth,
    @Nullable Map<String, @Nullable Object> wrapInfo) {

  /// Reads the body of an answer. A body that has none of the usual members is data as a whole;
  /// null where there is no body, or nothing in it but errors.
  static @Nullable Secret parse(String body) {
    if (body.isBlank()) {
      return null;
    }
    Map<String, @Nullable Object> raw = JsonReader.readObject(body);
    Secret secret = of(raw);
    if (!secret.isBlank()) {
      return secret;
    }
    if (raw.containsKey("errors")) {
      if (raw.size() == 1) {
        return null;
      }
      throw new IllegalArgumentException(String.join(" ", Tree.texts(raw.get("errors"))));
    }
    return raw.isEmpty() ? secret : secret.withData(raw);
  }

  private static Secret of(Map<String, @Nullable Object> raw) {
    return new Secret(
        Tree.text(raw, "request_id"),
        Tree.text(raw, "lease_id"),
        Tree.number(raw, "lease_duration"),
        Tree.truth(raw, "renewable"),
        Tree.object(raw, "data"),
        raw.get("warnings") == null ? null : Tree.texts(raw.get("warnings")),
        Tree.object(raw, "auth"),
        Tree.object(raw, "wrap_info"));
  }

  private boolean isBlank() {
    return requestId.isEmpty()
        && leaseId.isEmpty()
        && leaseDuration == 0
        && !renewable
        && data == null
        && warnings == null
        && auth == null
        && wrapInfo == null;
  }

  Secret withData(@Nullable Map<String, @Nullable Object> newData) {
    return new Secret(
        requestId, leaseId, leaseDuration, renewable, newData, warnings, auth, wrapInfo);
  }

  /// Whether there is something in it that is worth showing beside a 404.
  boolean tells() {
    return (warnings != null && !warnings.isEmpty()) || (data != null && !data.isEmpty());
  }

  boolean isWrapped() {
    return Tree.number(wrapInfo, "ttl") != 0;
  }

  /// The keys of a list, or null where this is no list.
  @Nullable List<@Nullable Object> keys() {
    return data == null ? null : Tree.list(data.get("keys"));
  }

  /// The members in the order in which they are printed.
  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree =
        Tree.body(
            "request_id", requestId,
            "lease_id", leaseId,
            "lease_duration", Numeral.of(leaseDuration),
            "renewable", renewable,
            "data", data,
            "warnings", warnings);
    if (auth != null) {
      tree.put("auth", authTree(auth));
    }
    if (wrapInfo != null) {
      tree.put("wrap_info", wrapTree(wrapInfo));
    }
    return tree;
  }

  private static Map<String, @Nullable Object> authTree(Map<String, @Nullable Object> auth) {
    return Tree.body(
        "client_token", Tree.text(auth, "client_token"),
        "accessor", Tree.text(auth, "accessor"),
        "policies", auth.get("policies"),
        "token_policies", auth.get("token_policies"),
        "identity_policies", auth.get("identity_policies"),
        "metadata", auth.get("metadata"),
        "orphan", Tree.truth(auth, "orphan"),
        "entity_id", Tree.text(auth, "entity_id"),
        "lease_duration", Numeral.of(Tree.number(auth, "lease_duration")),
        "renewable", Tree.truth(auth, "renewable"),
        "mfa_requirement", auth.get("mfa_requirement"));
  }

  private static Map<String, @Nullable Object> wrapTree(Map<String, @Nullable Object> wrap) {
    return Tree.body(
        "token", Tree.text(wrap, "token"),
        "accessor", Tree.text(wrap, "accessor"),
        "ttl", Numeral.of(Tree.number(wrap, "ttl")),
        "creation_time", Tree.text(wrap, "creation_time"),
        "creation_path", Tree.text(wrap, "creation_path"),
        "wrapped_accessor", Tree.text(wrap, "wrapped_accessor"));
  }

  /// A field by the name that `-field` calls it, or null.
  @Nullable Object field(String name) {
    if (auth != null) {
      return authField(auth, name);
    }
    if (wrapInfo != null) {
      return wrapField(wrapInfo, name);
    }
    return switch (name) {
      case "lease_duration", "refresh_interval" -> Numeral.of(leaseDuration);
      case "lease_id" -> leaseId;
      case "request_id" -> requestId;
      case "renewable" -> renewable;
      case "data" -> data != null && data.containsKey("data") ? data.get("data") : data;
      default -> dataField(name);
    };
  }

  private @Nullable Object authField(Map<String, @Nullable Object> auth, String name) {
    return switch (name) {
      case "token" -> Tree.text(auth, "client_token");
      case "token_accessor" -> Tree.text(auth, "accessor");
      case "token_duration" -> Numeral.of(Tree.number(auth, "lease_duration"));
      case "token_renewable" -> Tree.truth(auth, "renewable");
      case "token_policies", "identity_policies", "policies" -> Tree.texts(auth.get(name));
      default -> dataField(name);
    };
  }

  private @Nullable Object wrapField(Map<String, @Nullable Object> wrap, String name) {
    return switch (name) {
      case "wrapping_token" -> Tree.text(wrap, "token");
      case "wrapping_accessor" -> Tree.text(wrap, "accessor");
      case "wrapping_token_ttl" -> Numeral.of(Tree.number(wrap, "ttl"));
      case "wrapping_token_creation_time" -> Tree.text(wrap, "creation_time");
      case "wrapping_token_creation_path" -> Tree.text(wrap, "creation_path");
      case "wrapped_accessor" -> Tree.text(wrap, "wrapped_accessor");
      default -> dataField(name);
    };
  }

  private @Nullable Object dataField(String name) {
    return data == null ? null : data.get(name);
  }
}
