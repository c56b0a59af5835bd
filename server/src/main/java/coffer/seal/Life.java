package coffer.seal;

/// What the server does between unsealing and sealing. All of it is called by one thread at a time.
public interface Life {
  /// Loads what is behind the barrier, which is open by now. Where this throws, the server is
  /// sealed again.
  void open();

  /// Stops all that [#open] began, also where that got no further than half way. Requests are
  /// refused already; the barrier is still open.
  void close();

  /// Makes a root token that lasts for ever; its id is durable when this returns.
  String newRootToken();

  /// How long the ids of root tokens are: `hvs.` and 24 characters.
  default int rootTokenLength() {
    return 28;
  }
}
