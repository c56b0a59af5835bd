package coffer.json;

/// A text that is not JSON, or more deeply nested or longer than allowed. The message says where
/// and repeats nothing of the text.
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message, null, false, false);
  }
}
