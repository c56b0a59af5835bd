package coffer.config;

/// A configuration that the server can't start with; the message is one sentence for the operator.
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message, null, false, false);
  }
}
