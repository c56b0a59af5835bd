package coffer.json;

/// A text that is not JSON, or more deeply nested or longer than allowed. The message says where
/// and repeats nothing of the text.
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean tooComplex;

  public JsonException(String message) {
    this(message, false);
  }

  JsonException(String message, boolean tooComplex) {
    super(message, null, false, false);
    this.tooComplex = tooComplex;
  }

  /// Whether the text may well be JSON, but has more in it than a [JsonLimit] allows.
  public boolean tooComplex() {
    return tooComplex;
  }
}
