package coffer.seal;

import coffer.barrier.AesKey;
import org.jspecify.annotations.Nullable;

/// One attempt to give out new shares. Guarded by the seal's lock.
final class RekeyAttempt {
  final String nonce;
  final Sharing wanted;
  final boolean verify;
  final Quorum old = new Quorum();
  final Quorum back = new Quorum();
  String verificationNonce = "";
  @Nullable AesKey key;

  RekeyAttempt(String nonce, Sharing wanted, boolean verify) {
    this.nonce = nonce;
    this.wanted = wanted;
    this.verify = verify;
  }
}
