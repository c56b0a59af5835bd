package coffer.seal;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The shares that were given so far in one attempt. Guarded by the seal's lock.
final class Quorum {
  private final List<byte[]> shares = new ArrayList<>();

  /// What is wrong with the length of a share in the peers' words; empty where nothing is.
  static String fault(byte[] share) {
    if (share.length < Seal.MIN_SHARE) {
      return "key is shorter than minimum " + Seal.MIN_SHARE + " bytes";
    }
    return share.length > Seal.MAX_SHARE
        ? "key is longer than maximum " + Seal.MAX_SHARE + " bytes"
        : "";
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
