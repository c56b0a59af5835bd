package coffer.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The query of a URL: values by key, keys in order.
record Query(Map<String, List<String>> values) {
  static final Query NONE = new Query(Map.of());

  static Query of(String key, String value) {
    return NONE.and(key, value);
  }

  Query and(String key, String value) {
    Map<String, List<String>> more = new TreeMap<>(values);
    more.put(key, List.of(value));
    return new Query(more);
  }

  /// `?a=b&c=d`, or nothing.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      for (String value : entry.getValue()) {
        out.append(out.isEmpty() ? '?' : '&')
            .append(Paths.escapeQuery(entry.getKey()))
            .append('=')
            .append(Paths.escapeQuery(value));
      }
    }
    return out.toString();
  }
}
