package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedTest {
  private static final String FROM_US = "x_forwarded_for_authorized_addrs = \"127.0.0.0/8\"\n";
  private static final String FROM_OTHERS = "x_forwarded_for_authorized_addrs = \"10.0.0.1\"\n";
  private static final String STRICT =
      "x_forwarded_for_reject_not_present = true\n x_forwarded_for_reject_not_authorized = true\n";

  private static String from(TestDoor door, String... headers) {
    String body = door.get("/v1/a", headers).body();
    int start = body.indexOf("\"from\":\"");
    return start < 0 ? body : body.substring(start + 8, body.indexOf('"', start + 8));
  }

  @ParameterizedTest
  @CsvSource({
    "0, '1.2.3.4', 1.2.3.4",
    "0, '1.2.3.4, 5.6.7.8', 5.6.7.8",
    "1, '1.2.3.4,5.6.7.8 , 9.9.9.9', 5.6.7.8",
    "0, '::1', ::1",
    "0, '2001:db8:0:0:1::1', 2001:db8::1:0:0:1",
    "0, '1.2.3.4:99', 1.2.3.4",
    "0, '[2001:db8::1]:99', 2001:db8::1",
    "0, 'fe80::1%eth0', fe80::1",
    "0, '::ffff:1.2.3.4', 1.2.3.4",
  })
  void theAddressThatAProxyNamesCounts(int skips, String header, String address) {
    try (var door = TestDoor.open(FROM_US + "x_forwarded_for_hop_skips = " + skips)) {
      assertThat(from(door, "X-Forwarded-For: " + header)).isEqualTo(address);
    }
  }

  @Test
  void severalHeadersAreOneChain() {
    try (var door = TestDoor.open(FROM_US + "x_forwarded_for_hop_skips = 2")) {
      assertThat(from(door, "X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 2.2.2.2, 3.3.3.3"))
          .isEqualTo("1.1.1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "", "1.2.3.4,", "1.2.3", "example.com"})
  void whatIsNoAddressIsRefused(String header) {
    try (var door = TestDoor.open(FROM_US)) {
      assertThat(from(door, "X-Forwarded-For: " + header))
          .isEqualTo("{\"errors\":[\"malformed x-forwarded-for header: not an IP address\"]}\n");
    }
  }

  @Test
  void moreHopsThanThereAreCannotBeSkipped() {
    try (var door = TestDoor.open(FROM_US + "x_forwarded_for_hop_skips = 1")) {
      assertThat(from(door, "X-Forwarded-For: 1.2.3.4"))
          .contains(
              "malformed x-forwarded-for configuration or request, hops to skip (1) would skip"
                  + " before earliest chain link (chain length 1)");
    }
  }

  @Test
  void aProxyMustSayForWhomItSpeaks() {
    try (var door = TestDoor.open(FROM_US + STRICT)) {
      Wire.Reply reply = door.get("/v1/a");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body())
          .contains("missing x-forwarded-for header and configured to reject when not present");
    }
    try (var door = TestDoor.open(FROM_US)) {
      assertThat(from(door)).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void nobodyElseMaySpeakForOthers() {
    try (var door = TestDoor.open(FROM_OTHERS + STRICT)) {
      Wire.Reply reply = door.get("/v1/a", "X-Forwarded-For: 1.2.3.4");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body())
          .contains(
              "client address not authorized for x-forwarded-for and configured to reject"
                  + " connection");
    }
    try (var door = TestDoor.open(FROM_OTHERS)) {
      assertThat(from(door, "X-Forwarded-For: 1.2.3.4")).isEqualTo("127.0.0.1");
    }
    try (var door = TestDoor.open("")) {
      assertThat(from(door, "X-Forwarded-For: 1.2.3.4")).isEqualTo("127.0.0.1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0:0:0:0:0:0:0:0, ::",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:2:0:3:0:4:5, 1:0:2:0:3:0:4:5",
    "1::, 1::",
    "127.0.0.1, 127.0.0.1",
  })
  void addressesHaveOneText(String text, String shortest) {
    assertThat(Addresses.text(InetAddress.ofLiteral(text))).isEqualTo(shortest);
  }
}
