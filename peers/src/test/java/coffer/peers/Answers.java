package coffer.peers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.springframework.vault.VaultException;
import org.springframework.vault.support.VaultResponse;

/// What there is in answers.
final class Answers {
  private Answers() {}

  /// The `data` of an answer that has one.
  static Map<String, Object> data(@Nullable VaultResponse response) {
    return Objects.requireNonNull(response).getRequiredData();
  }

  /// The `auth` of an answer that has one.
  static Map<String, Object> auth(@Nullable VaultResponse response) {
    return Objects.requireNonNull(Objects.requireNonNull(response).getAuth());
  }

  /// One list of strings out of an answer.
  static List<String> strings(Map<String, Object> data, String name) {
    return ((List<?>) Objects.requireNonNull(data.get(name)))
        .stream().map(String.class::cast).toList();
  }

  /// One string out of an answer.
  static String string(Map<String, Object> data, String name) {
    return (String) Objects.requireNonNull(data.get(name));
  }

  /// One whole number out of an answer.
  static int number(Map<String, Object> data, String name) {
    return (int) Objects.requireNonNull(data.get(name));
  }

  /// Checks that a call is refused, with this status.
  static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      int status, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("Status " + status);
  }
}
