package coffer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.engine.Refusal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The order of keys is that of their bytes.
class KeysTest {
  private static final int[] CHARACTERS = {
    0, '/', 'a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x1f600, 0x10ffff
  };

  private static String random(Random random, int most) {
    var text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keysAreComparedAsTheirBytesAre(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String shared = random(random, 3);
      String one = shared + random(random, 3);
      String other = shared + random(random, 3);
      int expected =
          Integer.signum(Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8)));
      assertThat(Integer.signum(Keys.compare(one, other)))
          .as("%s, %s", one, other)
          .isEqualTo(expected);
      assertThat(Integer.signum(Keys.orderOf(one).compare(one, other)))
          .as("%s, %s", one, other)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void whatIsLastIsGreaterThanAllBelowAPrefixAndThanNothingElse(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String prefix = random(random, 2);
      String key = random(random, 4);
      boolean smaller = key.startsWith(prefix) || Keys.compare(key, prefix) < 0;
      assertThat(Keys.compare(key, prefix + Keys.LAST) < 0)
          .as("%s, %s", prefix, key)
          .isEqualTo(smaller);
      assertThat(Arrays.compareUnsigned(Keys.bytes(key), Keys.bound(prefix + Keys.LAST)) < 0)
          .as("%s, %s", prefix, key)
          .isEqualTo(smaller);
      assertThat(Arrays.compareUnsigned(Keys.bytes(key), Keys.end(Keys.bytes(prefix))) < 0)
          .as("%s, %s", prefix, key)
          .isEqualTo(smaller);
    }
  }

  @Test
  void aKeyBecomesBytesAndTextAgain() {
    var random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      String key = random(random, 6);
      assertThat(Keys.checked(key)).isEqualTo(key);
      assertThat(Keys.checkedBound(key)).isEqualTo(key);
      assertThat(Keys.text(Keys.bytes(key))).isEqualTo(key);
      assertThat(Keys.text(Keys.bound(key))).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ud800",
        "\udfff",
        "a\udbff",
        "\udc00a",
        "\ud800\ud800",
        "\udc00\ud800",
        "😀\ud83d"
      })
  void whatIsNoTextIsNoKey(String broken) {
    assertThatThrownBy(() -> Keys.checked(broken)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> Keys.bytes(broken)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> Keys.bound(broken + "a")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> Keys.checkedBound(broken + "a")).isInstanceOf(Refusal.class);
  }
}
