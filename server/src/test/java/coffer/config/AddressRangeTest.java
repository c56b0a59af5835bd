package coffer.config;

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
  @ValueSource(strings = {"", "x", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8x", "localhost", "a.b/8"})
  void whatIsNoAddressIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text));
  }
}
