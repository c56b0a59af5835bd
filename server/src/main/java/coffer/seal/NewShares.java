package coffer.seal;

import java.util.List;

/// The shares of a new key, to be shown once: secrets.
public record NewShares(List<byte[]> shares) {
  @Override
  public String toString() {
    return "NewShares[" + shares.size() + "]";
  }
}
