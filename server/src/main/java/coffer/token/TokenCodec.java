package coffer.token;

import coffer.engine.AddressRange;
import coffer.json.Fields;
import coffer.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tokens as bytes. What is empty is left out.
final class TokenCodec {
  private TokenCodec() {}

  static byte[] bytes(Token token) {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "accessor", token.accessor());
    put(fields, "parent", token.parent());
    if (token.batch()) {
      fields.put("type", token.type());
    }
    fields.put("policies", token.policies());
    put(fields, "path", token.path());
    put(fields, "display_name", token.displayName());
    if (!token.metadata().isEmpty()) {
      fields.put("metadata", token.metadata());
    }
    put(fields, "entity", token.entity());
    put(fields, "role", token.role());
    put(fields, "uses", token.uses());
    fields.put("created", Fields.nanos(token.created()));
    put(fields, "creation_ttl", token.creationTtl().toSeconds());
    if (token.expires() != null) {
      fields.put("expires", Fields.nanos(token.expires()));
    }
    if (token.renewed() != null) {
      fields.put("renewed", Fields.nanos(token.renewed()));
    }
    put(fields, "explicit_max_ttl", token.explicitMaxTtl().toSeconds());
    put(fields, "period", token.period().toSeconds());
    if (token.renewable()) {
      fields.put("renewable", true);
    }
    if (!token.boundCidrs().isEmpty()) {
      fields.put("bound_cidrs", token.boundCidrs().stream().map(AddressRange::toString).toList());
    }
    put(fields, "lease", token.lease());
    put(fields, "mount", token.mount());
    if (!token.internal().isEmpty()) {
      fields.put("internal", token.internal());
    }
    return Json.bytes(fields);
  }

  private static void put(Map<String, Object> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, value);
    }
  }

  private static void put(Map<String, Object> fields, String name, long value) {
    if (value != 0) {
      fields.put(name, value);
    }
  }

  static Token token(String key, byte[] bytes) {
    var fields = new Fields(Json.object(bytes));
    return new Token(
        key,
        fields.text("accessor"),
        fields.text("parent"),
        fields.text("type").isEmpty() ? Token.SERVICE : fields.text("type"),
        fields.texts("policies"),
        fields.text("path"),
        fields.text("display_name"),
        fields.pairs("metadata"),
        fields.text("entity"),
        fields.text("role"),
        fields.number("uses"),
        fields.instant("created"),
        fields.seconds("creation_ttl"),
        fields.instantOrNull("expires"),
        fields.instantOrNull("renewed"),
        fields.seconds("explicit_max_ttl"),
        fields.seconds("period"),
        fields.flag("renewable"),
        fields.texts("bound_cidrs").stream().map(AddressRange::parse).toList(),
        fields.text("lease"),
        fields.text("mount"),
        fields.object("internal"));
  }
}
