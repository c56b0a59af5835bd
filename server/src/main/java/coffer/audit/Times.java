package coffer.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.chrono.IsoChronology;

/// Times as lines spell them: RFC 3339 in UTC, with as many decimals of a second as are needed.
/// Remembers the last second, because many lines share it. Used by one thread.
final class Times {
  private static final int SECONDS_A_DAY = 86_400;

  /// `2026-11-24T15:09:28`.
  private final byte[] second = new byte[19];

  private final byte[] decimals = new byte[10];
  private long remembered = Long.MIN_VALUE;

  /// Writes an instant as a string.
  void write(Instant instant, LineBuffer into) {
    if (instant.getEpochSecond() != remembered) {
      remember(instant.getEpochSecond());
    }
    into.quote();
    into.raw(second);
    fraction(instant.getNano(), into);
    into.add('Z');
    into.add('"');
  }

  private void fraction(int nanos, LineBuffer into) {
    if (nanos == 0) {
      return;
    }
    int last = 9;
    int rest = nanos;
    for (int i = 9; i > 0; i--) {
      decimals[i] = (byte) ('0' + rest % 10);
      rest /= 10;
      if (decimals[i] == '0' && i == last) {
        last--;
      }
    }
    decimals[0] = '.';
    into.raw(decimals, 0, last + 1);
  }

  private void remember(long epochSecond) {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(epochSecond, SECONDS_A_DAY));
    int rest = Math.floorMod(epochSecond, SECONDS_A_DAY);
    two(0, day.getYear() / 100, ' ');
    two(2, day.getYear() % 100, '-');
    two(5, day.getMonthValue(), '-');
    two(8, day.getDayOfMonth(), 'T');
    two(11, rest / 3_600, ':');
    two(14, rest / 60 % 60, ':');
    two(17, rest % 60, 'Z');
    remembered = epochSecond;
  }

  /// Two digits and what follows them; the next two overwrite what doesn't.
  private void two(int at, int value, char then) {
    second[at] = (byte) ('0' + value / 10 % 10);
    second[at + 1] = (byte) ('0' + value % 10);
    if (at + 2 < second.length) {
      second[at + 2] = (byte) then;
    }
  }

  /// Whether a text is a time in the form of RFC 3339. Such texts are no secrets and stay readable.
  static boolean isTime(String text) {
    int length = text.length();
    return length >= 20
        && text.charAt(10) == 'T'
        && text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':'
        && isDay(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
        && within(number(text, 11, 2), 23)
        && within(number(text, 14, 2), 59)
        && within(number(text, 17, 2), 59)
        && isZone(text, pastDecimals(text));
  }

  private static boolean isDay(int year, int month, int day) {
    if (year < 0 || month < 1 || month > 12 || day < 1) {
      return false;
    }
    return day <= 28
        || day
            <= (month == 2 && IsoChronology.INSTANCE.isLeapYear(year)
                ? 29
                : YearMonth.of(1, month).lengthOfMonth());
  }

  /// Where the zone begins; past the end where the decimals are none.
  private static int pastDecimals(String text) {
    int at = 19;
    if (text.charAt(at) != '.' && text.charAt(at) != ',') {
      return at;
    }
    do {
      at++;
    } while (at < text.length() && isDigit(text.charAt(at)));
    return at > 20 ? at : text.length();
  }

  private static boolean isZone(String text, int at) {
    int left = text.length() - at;
    if (left == 1) {
      return text.charAt(at) == 'Z';
    }
    return left == 6
        && (text.charAt(at) == '+' || text.charAt(at) == '-')
        && text.charAt(at + 3) == ':'
        && within(number(text, at + 1, 2), 24)
        && within(number(text, at + 4, 2), 60);
  }

  private static boolean within(int value, int most) {
    return value >= 0 && value <= most;
  }

  /// So many digits as a number; -1 where there is something else.
  private static int number(String text, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      value = 10 * value + text.charAt(i) - '0';
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
