package coffer.barrier;

import coffer.engine.Refusal;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.invoke.VarHandle;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;

/// An AES-256 key that can be wiped while others use it: whoever comes too late is refused, and
/// nobody ever seals with a half-wiped key. What a cipher has copied of it stays until it is
/// collected.
public final class AesKey implements SecretKey {
  private static final long serialVersionUID = 1L;

  /// In bytes.
  public static final int LENGTH = 32;

  private final transient byte[] bytes;
  private transient volatile boolean wiped;

  public AesKey(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a key has " + LENGTH + " bytes");
    }
    this.bytes = bytes.clone();
  }

  /// A new one.
  public static AesKey random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    var key = new AesKey(bytes);
    Arrays.fill(bytes, (byte) 0);
    return key;
  }

  /// Says that it is wiped before it wipes, so that a reader who sees a wiped byte sees that too.
  @Override
  public void destroy() {
    wiped = true;
    VarHandle.fullFence();
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return wiped;
  }

  /// A copy, for whoever asked to wipe.
  @Override
  public byte[] getEncoded() {
    byte[] copy = bytes.clone();
    VarHandle.acquireFence();
    if (wiped) {
      Arrays.fill(copy, (byte) 0);
      throw sealed();
    }
    return copy;
  }

  static Refusal sealed() {
    return new Refusal(Refusal.Why.SEALED, "Vault is sealed");
  }

  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("a key");
  }

  @Override
  public String toString() {
    return "AesKey";
  }
}
