package coffer.json;

/// How much there may be in a text of JSON. A short text can stand for very many objects, so its
/// length alone bounds nothing.
///
/// @param strings how many strings there may be, names of fields included
/// @param memory the bytes that what is read may take up, by estimate
public record JsonLimit(long strings, long memory) {
  /// No limit but those on depth, numbers and the length of one string.
  public static final JsonLimit NONE = new JsonLimit(Long.MAX_VALUE, Long.MAX_VALUE);
}
