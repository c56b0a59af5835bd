package coffer.barrier;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/// Seals single values by AES-256-GCM and opens them. A value is bound to its key in the storage,
/// so it can't be passed off as another's. May be used by many threads at once.
///
/// The layout is the peers': 4 bytes of term, big-endian; 1 byte of version; 12 bytes of nonce; the
/// sealed bytes; 16 bytes of tag. Nonces are random, which is safe for 2^32 values under one key;
/// [Rotation] ends a key well before.
public final class Envelope {
  private static final int NONCE_LENGTH = 12;
  private static final int VERSION = 2;
  private static final int VERSION_AT = 4;
  private static final int NONCE_AT = 5;
  private static final int HEAD = NONCE_AT + NONCE_LENGTH;
  private static final int TAG_LENGTH = 16;

  private final SecureRandom random;
  private final Ciphers ciphers = new Ciphers();

  public Envelope(SecureRandom random) {
    this.random = random;
  }

  /// The term under which a value was sealed; negative for what is no sealed value.
  static int term(byte[] sealed) {
    if (sealed.length < HEAD + TAG_LENGTH || sealed[VERSION_AT] != VERSION) {
      return -1;
    }
    return (sealed[0] & 0xff) << 24
        | (sealed[1] & 0xff) << 16
        | (sealed[2] & 0xff) << 8
        | (sealed[3] & 0xff);
  }

  /// @param name the key under which it is to be stored
  /// @param term says later which key it was; not checked by opening it
  public byte[] seal(String name, int term, AesKey key, byte[] clear) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    byte[] sealed = new byte[HEAD + clear.length + TAG_LENGTH];
    sealed[0] = (byte) (term >>> 24);
    sealed[1] = (byte) (term >>> 16);
    sealed[2] = (byte) (term >>> 8);
    sealed[3] = (byte) term;
    sealed[VERSION_AT] = VERSION;
    System.arraycopy(nonce, 0, sealed, NONCE_AT, NONCE_LENGTH);
    try {
      Cipher cipher = ciphers.take();
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_LENGTH * 8, nonce));
      cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
      cipher.doFinal(clear, 0, clear.length, sealed, HEAD);
      ciphers.giveBack(cipher);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not work here", e);
    }
  }

  /// The value in the clear; null where it is not what was sealed under this name and key.
  public byte @Nullable [] open(String name, AesKey key, byte[] sealed) {
    try {
      Cipher cipher = ciphers.take();
      cipher.init(
          Cipher.DECRYPT_MODE,
          key,
          new GCMParameterSpec(TAG_LENGTH * 8, sealed, NONCE_AT, NONCE_LENGTH));
      cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
      byte[] clear = cipher.doFinal(sealed, HEAD, sealed.length - HEAD);
      ciphers.giveBack(cipher);
      return clear;
    } catch (AEADBadTagException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not work here", e);
    }
  }
}
