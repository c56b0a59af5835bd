package coffer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.config.ServerConfig;
import coffer.engine.Operation;
import coffer.exchange.Connection;
import coffer.exchange.Headers;
import coffer.exchange.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight();

  private static Request request(String id) {
    var listener =
        ServerConfig.parse("listener \"tcp\" { tls_disable = true }", "test").listeners();
    var connection = new Connection("127.0.0.1", 1, List.of(), listener.getFirst().http());
    return new Request(id, Operation.READ, "a", Map.of(), Headers.NONE, connection);
  }

  @Test
  void aRequestIsListedUntilItIsAnswered() {
    int place = inFlight.enter(request("one"), System.nanoTime() - 1_000_000);
    assertThat(inFlight.list())
        .singleElement()
        .satisfies(
            running -> {
              assertThat(running.request().id()).isEqualTo("one");
              assertThat(running.since()).isGreaterThanOrEqualTo(java.time.Duration.ofMillis(1));
            });
    assertThat(inFlight.count()).isEqualTo(1);
    inFlight.leave(place);
    assertThat(inFlight.list()).isEmpty();
    assertThat(inFlight.count()).isZero();
  }

  @Test
  void whatFindsNoPlaceIsCountedAllTheSame() {
    var places = new ArrayList<Integer>();
    for (int i = 0; i < 100; i++) {
      places.add(inFlight.enter(request("request-" + i), System.nanoTime()));
    }
    assertThat(inFlight.list()).hasSizeLessThan(100).hasSizeGreaterThan(1);
    assertThat(inFlight.count()).isEqualTo(100);
    places.forEach(inFlight::leave);
    assertThat(inFlight.count()).isZero();
  }

  @Test
  void manyThreadsFindPlacesOfTheirOwn() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 64; i++) {
      String id = "request-" + i;
      threads.add(Thread.ofVirtual().start(() -> inFlight.enter(request(id), System.nanoTime())));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(inFlight.list().stream().map(running -> running.request().id()).distinct())
        .hasSize(64);
  }
}
