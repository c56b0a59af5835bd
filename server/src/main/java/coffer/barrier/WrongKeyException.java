package coffer.barrier;

/// The root key is not the one that the keyring was sealed with, or the keyring is damaged: the two
/// can't be told apart.
public final class WrongKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  WrongKeyException() {
    super("the root key does not open the keyring");
  }
}
