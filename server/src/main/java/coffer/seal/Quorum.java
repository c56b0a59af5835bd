package coffer.seal;

import coffer.barrier.AesKey;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The shares that were given so far in one attempt. Guarded by the seal's lock.
final class Quorum {
  private static final int MIN_LENGTH = 16;
  private static final int MAX_LENGTH = AesKey.LENGTH + 1;

  private final List<byte[]> shares = new ArrayList<>();

  /// What is wrong with the length of a share in the peers' words; empty where nothing is.
  static String fault(byte[] share) {
    if (share.length < MIN_LENGTH) {
      return "key is shorter than minimum " + MIN_LENGTH + " bytes";
    }
    return share.length > MAX_LENGTH ? "key is longer than maximum " + MAX_LENGTH + " bytes" : "";
  }

  /// Says whether it is a new one.
  boolean add(byte[] share) {
    if (shares.stream().anyMatch(known -> MessageDigest.isEqual(known, share))) {
      return false;
    }
    shares.add(share.clone());
    return true;
  }

  int size() {
    return shares.size();
  }

  /// The key behind the shares, which are forgotten.
  byte[] combine() throws Shamir.MismatchException {
    try {
      return shares.size() == 1 ? shares.getFirst().clone() : Shamir.combine(shares);
    } finally {
      clear();
    }
  }

  void clear() {
    shares.forEach(share -> Arrays.fill(share, (byte) 0));
    shares.clear();
  }
}
