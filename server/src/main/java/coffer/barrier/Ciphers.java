package coffer.barrier;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/// AES-GCM ciphers that are used again, because making one costs more than sealing a small value.
///
/// Virtual threads live for one request, so a thread keeps nothing: it takes a cipher out of a slot
/// that its id picks and puts it back. A slot that is empty costs a new cipher, never a wait. May
/// be used by many threads at once.
final class Ciphers {
  private static final int SLOTS = 64;

  private final AtomicReferenceArray<@Nullable Cipher> slots = new AtomicReferenceArray<>(SLOTS);

  Cipher take() throws GeneralSecurityException {
    Cipher kept = slots.getAndSet(slot(), null);
    return kept == null ? Cipher.getInstance("AES/GCM/NoPadding") : kept;
  }

  void giveBack(Cipher cipher) {
    slots.lazySet(slot(), cipher);
  }

  private static int slot() {
    return (int) Thread.currentThread().threadId() & (SLOTS - 1);
  }
}
