package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// A gate is shut behind those who are inside, never on them.
class GateTest {
  private final Gate gate = new Gate();

  private CompletableFuture<Void> close() {
    var closing = CompletableFuture.runAsync(gate::close);
    while (gate.tryEnter()) {
      gate.leave();
    }
    return closing;
  }

  @Test
  void itIsClosedAtOnceWhereNobodyIsInside() {
    gate.enter();
    gate.leave();
    close().join();
    assertThatThrownBy(gate::enter)
        .isInstanceOf(StorageException.class)
        .hasMessage("The storage is closed.");
  }

  /// Those who are turned away meanwhile don't count as those who leave.
  @Test
  void itWaitsForWhoIsInside() {
    gate.enter();
    CompletableFuture<Void> closing = close();
    for (int i = 0; i < 10_000; i++) {
      assertThat(gate.tryEnter()).isFalse();
      assertThat(closing).isNotDone();
    }
    gate.leave();
    closing.join();
  }
}
