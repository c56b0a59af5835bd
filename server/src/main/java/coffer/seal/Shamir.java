package coffer.seal;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter.Algorithm;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/// Shamir's secret sharing over GF(2^8) with the polynomial of AES, byte by byte: a share is the
/// values of the curves and, last, one byte for the place at which they were taken. Stateless. The
/// arithmetic takes no branch and looks up no table by a secret.
final class Shamir {
  /// Shares that can't belong together. The message says why in the peers' words.
  static final class MismatchException extends Exception {
    private static final long serialVersionUID = 1L;

    MismatchException(String message) {
      super(message);
    }
  }

  private Shamir() {}

  /// @param threshold at least 2, at most `shares`, which are at most 255
  static List<byte[]> split(byte[] secret, int shares, int threshold, SecureRandom random) {
    try {
      var splitter = ShamirSecretSplitter.getInstance(Algorithm.AES, secret.length, random);
      var split = splitter.resplit(secret, threshold, shares).getSecretShares();
      var parts = new ArrayList<byte[]>(shares);
      for (int i = 0; i < shares; i++) {
        byte[] part = Arrays.copyOf(split[i].getEncoded(), secret.length + 1);
        part[secret.length] = (byte) (i + 1);
        parts.add(part);
      }
      return parts;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What the curves through these shares have at 0: the secret, where they belong together and are
  /// enough.
  static byte[] combine(List<byte[]> parts) throws MismatchException {
    int length = parts.getFirst().length - 1;
    Set<Byte> places = new HashSet<>();
    var shares = new ShamirSplitSecretShare[parts.size()];
    for (int i = 0; i < shares.length; i++) {
      byte[] part = parts.get(i);
      if (part.length != length + 1) {
        throw new MismatchException("all parts must be the same length");
      }
      if (!places.add(part[length])) {
        throw new MismatchException("duplicate part detected");
      }
      shares[i] = new ShamirSplitSecretShare(Arrays.copyOf(part, length), part[length] & 0xff);
    }
    try {
      return ShamirSplitSecret.getInstance(Algorithm.AES, shares).getSecret();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
