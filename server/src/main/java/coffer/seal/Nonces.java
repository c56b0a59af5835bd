package coffer.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/// Random names in the form of a UUID.
final class Nonces {
  private static final int LENGTH = 16;

  private Nonces() {}

  static String random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }
}
