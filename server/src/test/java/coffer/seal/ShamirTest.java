package coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShamirTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// All choices of `size` out of the parts, in their order.
  private static List<List<byte[]>> subsets(List<byte[]> parts, int size) {
    return IntStream.range(0, 1 << parts.size())
        .filter(chosen -> Integer.bitCount(chosen) == size)
        .mapToObj(
            chosen ->
                IntStream.range(0, parts.size())
                    .filter(i -> (chosen & 1 << i) != 0)
                    .mapToObj(parts::get)
                    .toList())
        .toList();
  }

  static Stream<Arguments> seeds() {
    return IntStream.range(0, 40)
        .mapToObj(
            seed -> {
              var random = new Random(seed);
              int shares = 2 + random.nextInt(7);
              return Arguments.of(seed, shares, 2 + random.nextInt(shares - 1));
            });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void enoughSharesGiveTheSecretAndFewerDoNot(int seed, int shares, int threshold)
      throws Shamir.MismatchException {
    byte[] secret = new byte[32];
    new Random(seed).nextBytes(secret);
    List<byte[]> parts = Shamir.split(secret, shares, threshold, RANDOM);
    assertThat(parts).hasSize(shares).allSatisfy(part -> assertThat(part).hasSize(33));
    for (int size = 2; size <= shares; size++) {
      for (List<byte[]> some : subsets(parts, size)) {
        var shuffled = new ArrayList<>(some);
        java.util.Collections.shuffle(shuffled, new Random(seed));
        byte[] combined = Shamir.combine(shuffled);
        if (size >= threshold) {
          assertThat(combined).isEqualTo(secret);
        } else {
          assertThat(combined).isNotEqualTo(secret);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"255, 2", "255, 255", "200, 100", "3, 3"})
  void theBoundsAreKept(int shares, int threshold) throws Shamir.MismatchException {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 0xa5);
    List<byte[]> parts = Shamir.split(secret, shares, threshold, RANDOM);
    assertThat(parts.stream().map(part -> part[32] & 0xff).distinct()).hasSize(shares);
    assertThat(parts.stream().map(part -> part[32])).doesNotContain((byte) 0);
    assertThat(Shamir.combine(parts.subList(shares - threshold, shares))).isEqualTo(secret);
    assertThat(Shamir.combine(parts.subList(0, threshold))).isEqualTo(secret);
  }

  @Test
  void sharesAreNewEachTime() {
    byte[] secret = new byte[32];
    assertThat(Shamir.split(secret, 3, 2, RANDOM).getFirst())
        .isNotEqualTo(Shamir.split(secret, 3, 2, RANDOM).getFirst());
  }

  /// Shares that OpenBao 2.7.2 gave out, and the key that they must give: OpenBao was unsealed by
  /// other shares of that key, made here.
  static Stream<Arguments> sharesOfAPeer() {
    return Stream.of(
        Arguments.of(
            3,
            "0c2d30dbf815c38f9dc4f80f3b43281f0d47b694f2fefebb6c36946c5c8dc337",
            List.of(
                "7097f481f542e9e75f85d85c4fc9aa6fc6b548d2d4e7aa01844b4377f34b3bd84c",
                "c57afa72a8c9380b3e9c7e0fbf703527d604ca1e2b1b9f819f3b3ba59fee9a7c4f",
                "294f75dcb09f3db8d4d7241ebc72a04de0794a4caf9cbeebdf9d56dcc30d08e4b6",
                "1cf90bac74122ddd9ee5b038ceb34ab702d4ca8c0de834959551e93843bf50c6d9",
                "ffd4a0bd8df7d40092a883522aed0f8414727f213d48ffd7370f83b337dad05f40")),
        Arguments.of(
            2,
            "9f3a03683c4242a0d1dcceb5ac24864cfef65ec983ab49c5a1da9450d1e0ff3c",
            List.of(
                "8fd40bcbb82108fffac8acd3acca2d65f809567d4773838e2f062c4bae8da7b8a7",
                "ff68338f0913e5792ba499faac7651baeac26e5c2d4dc364a824290ac8953409ff",
                "3440db277fb83608691b2f38ac5e11c2a43c866c5a6d12aa0c70850e3498167f23")));
  }

  @ParameterizedTest
  @MethodSource("sharesOfAPeer")
  void sharesOfAPeerGiveItsKeyInAnyChoice(int threshold, String key, List<String> shares)
      throws Shamir.MismatchException {
    List<byte[]> parts = shares.stream().map(HexFormat.of()::parseHex).toList();
    for (int size = threshold; size <= parts.size(); size++) {
      for (List<byte[]> some : subsets(parts, size)) {
        assertThat(Shamir.combine(some)).asHexString().isEqualToIgnoringCase(key);
      }
    }
  }

  @Test
  void sharesThatCannotBelongTogetherAreRefused() {
    byte[] one = HexFormat.of().parseHex("0102030405");
    byte[] samePlace = HexFormat.of().parseHex("0902030405");
    byte[] shorter = HexFormat.of().parseHex("01020304");
    assertThatExceptionOfType(Shamir.MismatchException.class)
        .isThrownBy(() -> Shamir.combine(List.of(one, samePlace)))
        .withMessage("duplicate part detected");
    assertThatExceptionOfType(Shamir.MismatchException.class)
        .isThrownBy(() -> Shamir.combine(List.of(one, shorter)))
        .withMessage("all parts must be the same length");
  }
}
