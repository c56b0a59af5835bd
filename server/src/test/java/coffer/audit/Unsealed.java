package coffer.audit;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.barrier.WrongKeyException;
import coffer.storage.InMemoryStorage;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/// An open barrier with nothing in it, at a time that stands still.
final class Unsealed {
  static final Instant NOW = Instant.parse("2026-11-24T15:09:28.286704643Z");
  static final InstantSource TIME = InstantSource.fixed(NOW);
  static final SecureRandom RANDOM = new SecureRandom();

  final Barrier barrier = new Barrier(new InMemoryStorage(), RANDOM, TIME);

  Unsealed() {
    byte[] key = new byte[32];
    RANDOM.nextBytes(key);
    barrier.initialize(key);
    try {
      barrier.unseal(key);
    } catch (WrongKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  Transaction transaction() {
    return new Transaction(barrier);
  }
}
