package coffer.hcl;

/// Reads and formats HCL. A text whose first character is `{` is read as JSON.
public final class Hcl {
  /// The longest text that is read, in characters.
  static final int MAX_LENGTH = 8 * 1024 * 1024;

  /// How deep blocks and lists may be nested.
  static final int MAX_DEPTH = 100;

  private Hcl() {}

  /// The tree of a text, or an [HclException]; nothing else is thrown on any text.
  public static Value.Body parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new HclException(new Position(1, 1), "text of more than " + MAX_LENGTH + " characters");
    }
    return text.strip().startsWith("{") ? JsonForm.parse(text) : new Parser(text).parse().root();
  }

  /// The same text in canonical layout: two spaces a level, aligned `=`, comments kept. JSON is not
  /// accepted.
  public static String format(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new HclException(new Position(1, 1), "text of more than " + MAX_LENGTH + " characters");
    }
    return new Layout(new Parser(text).parse()).print();
  }
}
