package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProxyProtocolTest {
  private static final String V1 = "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n";
  private static final String V1_SIX = "PROXY TCP6 2001:db8::1 ::2 1111 2222\r\n";
  private static final String V2_START = "\r\n\r\n\0\r\nQUIT\n";
  private static final String V2 =
      V2_START
          + Wire.bytes(0x21, 0x11, 0, 12, 1, 2, 3, 4, 5, 6, 7, 8, 1111 >> 8, 1111 & 0xff, 0, 80);
  private static final String V2_LOCAL = V2_START + Wire.bytes(0x20, 0, 0, 0);
  private static final String UNKNOWN = "PROXY UNKNOWN\r\n";

  private static final String ALWAYS = "proxy_protocol_behavior = \"use_always\"\n";
  private static final String ALLOW = "proxy_protocol_behavior = \"allow_authorized\"\n";
  private static final String DENY = "proxy_protocol_behavior = \"deny_unauthorized\"\n";
  private static final String US = "proxy_protocol_authorized_addrs = \"127.0.0.1/32\"\n";
  private static final String OTHERS = "proxy_protocol_authorized_addrs = \"10.0.0.1/32\"\n";

  private static void assertFrom(String settings, String header, String from) {
    try (var door = TestDoor.open(settings)) {
      Wire.Reply reply = door.ask(header + Wire.request("PUT", "/v1/a", "{}"));
      assertThat(reply.body()).contains("\"from\":\"" + from + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ALWAYS, ALLOW + US, DENY + US})
  void whoMaySaysWhomItSpeaksFor(String settings) {
    assertFrom(settings, V1, "1.2.3.4");
    assertFrom(settings, V1_SIX, "2001:db8::1");
    assertFrom(settings, V2, "1.2.3.4");
    assertFrom(settings, V2_LOCAL, "127.0.0.1");
    assertFrom(settings, UNKNOWN, "127.0.0.1");
    assertFrom(settings, "", "127.0.0.1");
  }

  static List<String> headers() {
    return List.of("", V1, V1_SIX, V2, V2_LOCAL, UNKNOWN);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void theHeaderOfAnybodyElseIsPassedOver(String header) {
    assertFrom(ALLOW + OTHERS, header, "127.0.0.1");
  }

  @Test
  void orTheyAreTurnedAwayAndTheDoorStaysOpen() {
    try (var door = TestDoor.open(DENY + OTHERS)) {
      for (int i = 0; i < 3; i++) {
        try (Wire wire = door.connect()) {
          assertThat(wire.rest()).isEmpty();
        }
      }
    }
  }

  @Test
  void withoutTheSettingAHeaderIsNoHttp() {
    try (var door = TestDoor.open("")) {
      assertThat(door.ask(V1 + Wire.request("GET", "/v1/a", "")).status()).isEqualTo(400);
    }
  }

  @Test
  void aHeaderMayComeInPieces() {
    try (var door = TestDoor.open(ALWAYS);
        Wire wire = door.connect()) {
      V2.chars().forEach(c -> wire.send(Wire.bytes(c)));
      wire.send(Wire.request("GET", "/v1/a", ""));
      assertThat(wire.reply().body()).contains("\"from\":\"1.2.3.4\"", "\"port\":1111");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY TCP4 x\r\n", "PROXY TCP4 1.2.3.4 5.6.7.8 1 99999999\r\n"})
  void aBrokenHeaderEndsTheConnection(String header) {
    try (var door = TestDoor.open(ALWAYS);
        Wire wire = door.connect()) {
      wire.send(header + Wire.request("GET", "/v1/a", ""));
      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void aHeaderThatDripsIsCut() {
    try (var door = TestDoor.open(ALWAYS + "http_read_header_timeout = \"300ms\"");
        Wire wire = door.connect()) {
      wire.send("PROXY TCP4 1.2.3.4");
      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void tlsComesAfterTheHeader() {
    try (var door = TestDoor.overTls(ALWAYS);
        Wire wire = door.connect()) {
      wire.send(V1);
      try (Wire secure = TestTls.over(wire, "", "")) {
        Wire.Reply reply = secure.ask(Wire.request("GET", "/v1/a", ""));
        assertThat(reply.body()).contains("\"from\":\"1.2.3.4\"");
      }
    }
  }
}
