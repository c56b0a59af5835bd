package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import coffer.exchange.Answer;
import coffer.exchange.Request;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that send or read slowly, steadily, or not at all. The times allowed are short; what is
/// asserted is that the door ends it.
@Timeout(60)
class SlowClientTest {
  private static final String HEAD = "http_read_header_timeout = \"300ms\"";
  private static final String WHOLE = "http_read_timeout = \"300ms\"";

  @Test
  void aConnectionThatSaysNothingIsClosed() {
    try (var door = TestDoor.open(HEAD);
        Wire wire = door.connect()) {
      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void aHeadThatStopsIsCut() {
    try (var door = TestDoor.open(HEAD);
        Wire wire = door.connect()) {
      wire.send("GET /v1/a HTTP/1.1\r\nHos");
      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void aHeadThatDripsIsCut() {
    try (var door = TestDoor.open(HEAD);
        Wire wire = door.connect()) {
      wire.send("GET /v1/a HTTP/1.1\r\nX-A: ");
      assertThat(wire.dripUntilCut()).isEmpty();
    }
  }

  @Test
  void aLaterHeadThatDripsIsCutAsWell() {
    try (var door = TestDoor.open(HEAD);
        Wire wire = door.connect()) {
      assertThat(wire.ask(Wire.request("GET", "/v1/a", "")).status()).isEqualTo(200);
      wire.send("GET /v1/a HTTP/1.1\r\nX-A: ");
      assertThat(wire.dripUntilCut()).isEmpty();
    }
  }

  @Test
  void theTimeForAWholeRequestBoundsItsHeadToo() {
    try (var door = TestDoor.open(WHOLE);
        Wire wire = door.connect()) {
      wire.send("GET /v1/a HTTP/1.1\r\nX-A: ");
      assertThat(wire.dripUntilCut()).isEmpty();
    }
  }

  @Test
  void aHandshakeThatDripsIsCut() {
    try (var door = TestDoor.overTls(HEAD);
        Wire wire = door.connect()) {
      wire.send(Wire.bytes(0x16, 3, 1, 0x40, 0, 1, 0, 0x3f, 0xfc, 3, 3));
      assertThat(wire.dripUntilCut()).isEmpty();
    }
  }

  @Test
  void aBodyThatStopsIsAnsweredAndCut() {
    try (var door = TestDoor.open(WHOLE);
        Wire wire = door.connect()) {
      wire.send("PUT /v1/a HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\n{\"a\":\"");
      Wire.Reply reply = wire.reply();
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.body())
          .isEqualTo("{\"errors\":[\"the request took too long to arrive\"]}\n");
      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void aBodyThatDripsIsAnsweredAndCut() {
    try (var door = TestDoor.open(WHOLE);
        Wire wire = door.connect()) {
      wire.send("PUT /v1/a HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\n{\"a\":\"");
      assertThat(wire.dripUntilCut()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void anIdleConnectionIsClosed() {
    try (var door = TestDoor.open("http_idle_timeout = \"300ms\"");
        Wire wire = door.connect()) {
      assertThat(wire.ask(Wire.request("GET", "/v1/a", "")).status()).isEqualTo(200);
      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void anAnswerThatTakesLongerThanAConnectionMayIdleIsSentAllTheSame() {
    String times =
        "http_idle_timeout = \"100ms\"\n http_read_header_timeout = \"100ms\"\n"
            + " http_read_timeout = \"100ms\"\n http_write_timeout = \"5s\"";
    var released = new CountDownLatch(1);
    Function<Request, Answer> handler =
        request -> {
          assertThatCode(released::await).doesNotThrowAnyException();
          return Answer.NOTHING;
        };
    try (var door = TestDoor.open(times, handler);
        Wire wire = door.connect()) {
      wire.send(Wire.request("PUT", "/v1/a", "{}"));
      assertThat(wire.pause(600)).isTrue();
      released.countDown();
      assertThat(wire.reply().status()).isEqualTo(204);
    }
  }

  @Test
  void whoDoesNotReadTheAnswerIsCut() {
    byte[] large = new byte[64 * 1024 * 1024];
    try (var door =
            TestDoor.open("http_write_timeout = \"300ms\"", request -> Answer.raw(200, "", large));
        Wire other = door.connect();
        Wire wire = door.connect()) {
      wire.send(Wire.request("GET", "/v1/a", ""));
      assertThat(other.pause(600)).isTrue();
      assertThat(wire.rest().length()).isLessThan(large.length);
    }
  }

  @Test
  void aConnectionThatIsQuickIsNotCut() {
    String times = HEAD + "\n" + WHOLE + "\n http_write_timeout = \"300ms\"";
    try (var door = TestDoor.open(times);
        Wire wire = door.connect()) {
      for (int i = 0; i < 5; i++) {
        assertThat(wire.ask(Wire.request("PUT", "/v1/a", "{\"a\":1}")).status()).isEqualTo(200);
        assertThat(wire.pause(150)).isTrue();
      }
    }
  }
}
