package coffer.policy;

import coffer.hcl.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares the parameters of a request with those a rule allows, denies or requires.
///
/// @param allowed by name in lower case; `*` for any other; an empty list for any value
/// @param denied the same
/// @param required names
record Parameters(
    Map<String, List<Object>> allowed, Map<String, List<Object>> denied, List<String> required) {
  private static final String ANY = "*";
  private static final Object NULL = new Object();

  boolean isEmpty() {
    return allowed.isEmpty() && denied.isEmpty() && required.isEmpty();
  }

  boolean requires(String name) {
    return required.stream().anyMatch(name::equalsIgnoreCase);
  }

  boolean accept(Map<String, ?> given) {
    for (String name : required) {
      if (!given.containsKey(name.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return given.isEmpty() || (!denies(given) && allows(given));
  }

  private boolean denies(Map<String, ?> given) {
    if (denied.isEmpty()) {
      return false;
    }
    if (denied.containsKey(ANY)) {
      return true;
    }
    for (Map.Entry<String, ?> parameter : given.entrySet()) {
      List<Object> values = denied.get(parameter.getKey().toLowerCase(Locale.ROOT));
      if (values != null && holds(values, parameter.getValue())) {
        return true;
      }
    }
    return false;
  }

  private boolean allows(Map<String, ?> given) {
    boolean others = allowed.containsKey(ANY);
    if (allowed.isEmpty() || (others && allowed.size() == 1)) {
      return true;
    }
    for (Map.Entry<String, ?> parameter : given.entrySet()) {
      List<Object> values = allowed.get(parameter.getKey().toLowerCase(Locale.ROOT));
      if (values == null ? !others : !holds(values, parameter.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(List<Object> values, @Nullable Object given) {
    if (values.isEmpty()) {
      return true;
    }
    for (Object value : values) {
      if (matches(value, given)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(Object value, @Nullable Object given) {
    if (value instanceof String pattern && given instanceof String text) {
      return glob(pattern, text);
    }
    return same(value, given);
  }

  /// A `*` at either end of the pattern stands for anything.
  private static boolean glob(String pattern, String text) {
    int length = pattern.length();
    if (length < 2) {
      return text.equals(pattern);
    }
    boolean head = pattern.startsWith(ANY);
    boolean tail = pattern.endsWith(ANY);
    if (head && tail) {
      return text.contains(pattern.substring(1, length - 1));
    }
    if (head) {
      return text.endsWith(pattern.substring(1));
    }
    return tail ? text.startsWith(pattern.substring(0, length - 1)) : text.equals(pattern);
  }

  private static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Number && other instanceof Number) {
      return number(one).compareTo(number(other)) == 0;
    }
    if (one instanceof List<?> list && other instanceof List<?> others) {
      return sameList(list, others);
    }
    if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> others) {
      return map.size() == others.size()
          && map.keySet().stream()
              .allMatch(key -> others.containsKey(key) && same(map.get(key), others.get(key)));
    }
    return NULL.equals(one) ? other == null : (one != null && one.equals(other));
  }

  private static boolean sameList(List<?> list, List<?> others) {
    if (list.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < list.size(); i++) {
      if (!same(list.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static BigDecimal number(Object value) {
    return switch (value) {
      case BigDecimal decimal -> decimal;
      case BigInteger whole -> new BigDecimal(whole);
      default -> new BigDecimal(value.toString());
    };
  }

  /// A value of a rule in the form in which requests carry theirs; null has a stand-in.
  static Object plain(Value value) {
    Object plain = value.plain();
    return plain == null ? NULL : plain;
  }
}
