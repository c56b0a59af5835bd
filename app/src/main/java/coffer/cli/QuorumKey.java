package coffer.cli;

/// One holder's key for something that needs several, and the nonce of what it is meant for.
record QuorumKey(String key, String nonce) {

  /// Takes the key from the arguments (`-`: from standard input), or asks for it.
  ///
  /// @param nonceFlag the flag with the nonce, which has to go with a key that isn't asked for
  /// @param current the nonce of what is in progress
  /// @param what what the nonce is of, for the question: "Operation"
  /// @param kind the kind of the key, for the question: "Unseal"
  static QuorumKey of(
      Invocation call, Flag<String> nonceFlag, String current, String what, String kind) {
    String key = call.arguments().isEmpty() ? "" : call.argument(0).strip();
    String nonce = call.get(nonceFlag);
    if (key.isEmpty()) {
      if (call.get(Globals.NON_INTERACTIVE)) {
        throw Failure.usage(
            Wrap.text(
                "Refusing to read from stdin with -non-interactive specified; specify nonce via"
                    + " the -nonce flag"));
      }
      call.console().line(what + " nonce: " + current);
      key = Asking.key(call, kind + " Key (will be hidden): ", "unseal key");
      nonce = current;
    } else if (key.equals("-")) {
      key = call.console().readAll().strip();
    }
    if (nonce.isEmpty()) {
      throw Failure.usage("Missing nonce value: specify it via the -nonce flag");
    }
    return new QuorumKey(key, nonce);
  }

  @Override
  public String toString() {
    return "QuorumKey[nonce=" + nonce + "]";
  }
}
