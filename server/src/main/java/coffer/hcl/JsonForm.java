package coffer.hcl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads HCL's JSON form into the same tree.
final class JsonForm {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Hcl.MAX_DEPTH)
                  .maxStringLength(Hcl.MAX_LENGTH)
                  .build())
          .build();

  private final JsonParser json;

  private JsonForm(JsonParser json) {
    this.json = json;
  }

  static Value.Body parse(String text) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      Value.Body body = new JsonForm(json).value().body();
      if (json.nextToken() != null) {
        throw new HclException(at(json.currentTokenLocation()), "text after the end of the JSON");
      }
      return body;
    } catch (JacksonException e) {
      String problem = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      throw new HclException(at(e.getLocation()), "invalid JSON: " + problem);
    }
  }

  private static Position at(@Nullable TokenStreamLocation location) {
    return location == null
        ? new Position(1, 1)
        : new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  private Position here() {
    return at(json.currentTokenLocation());
  }

  private Value value() {
    Position at = here();
    JsonToken token = json.currentToken();
    return switch (token) {
      case START_OBJECT -> object(at);
      case START_ARRAY -> array(at);
      case VALUE_STRING -> new Value.Text(at, json.getString(), "", false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Numeral(at, json.getString());
      case VALUE_TRUE -> new Value.Flag(at, true);
      case VALUE_FALSE -> new Value.Flag(at, false);
      case VALUE_NULL -> new Value.Nothing(at);
      case null, default -> throw new HclException(at, "invalid JSON: expected a value");
    };
  }

  private Value object(Position start) {
    var items = new ArrayList<Item>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      var key = new Key(here(), json.getString(), json.getString(), true);
      json.nextToken();
      items.add(new Item(List.of(key), true, value()));
    }
    return new Value.Body(start, items, here());
  }

  private Value array(Position start) {
    var values = new ArrayList<Value>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(value());
    }
    return new Value.Many(start, values);
  }
}
