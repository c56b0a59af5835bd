package coffer.storage;

/// The storage could not do what was asked: a full or broken disk, a damaged or locked folder. The
/// message is one sentence for the operator.
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /// As told on another thread: with the trace of this one too.
  StorageException(RuntimeException failure) {
    super(failure.getMessage(), failure);
  }
}
