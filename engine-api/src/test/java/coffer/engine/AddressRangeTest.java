package coffer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.1.2.3, true", "10.0.0.0/8, 11.1.2.3, false", "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false", "0.0.0.0/0, 1.2.3.4, true", "192.168.4.0/22, 192.168.7.9, true",
    "192.168.4.0/22, 192.168.8.0, false", "::1, ::1, true", "fd00::/8, fd12::1, true",
    "fd00::/8, fe12::1, false", "10.0.0.0/8, ::1, false", "127.0.0.1:8200, 127.0.0.1, true",
    "[::1]:8200, ::1, true", "10.0.0.0/8, ::ffff:10.0.0.1, true",
  })
  void anAddressIsInTheRangeOrNot(String range, String address, boolean expected) {
    assertThat(AddressRange.parse(range).contains(InetAddress.ofLiteral(address)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "10.0.0.0/33",
        "10.0.0.0/x",
        "10.0.0/8x",
        "localhost",
        "a.b/8",
        "5",
        "10.1/8",
        "010.0.0.1",
        "1.2.3.4.5",
        "256.0.0.1",
        "1.2.3."
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5/8, 10.0.0.5/8",
    "10.1.2.3/32, 10.1.2.3",
    "1.2.3.4:80, 1.2.3.4",
    "::1, ::1",
    "0:0:0:0:0:0:0:0/0, ::/0",
    "FE80::1/64, fe80::1/64",
    "2001:0DB8::1, 2001:db8::1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:2:0:3:0:4:0, 1:0:2:0:3:0:4:0",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "::ffff:1.2.3.4, 1.2.3.4",
    "[::1]:80, ::1",
  })
  void aRangeIsWrittenInItsShortestSpelling(String text, String expected) {
    assertThat(AddressRange.parse(text)).hasToString(expected);
  }
}
