package coffer.audit;

import coffer.token.Token;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes the values of lines: hashed or in the clear, as the device wants it. A text that comes
/// again in a line is hashed once. Used by one thread.
final class Values {
  private static final int REMEMBERED = 64;

  private final LineOptions options;
  private final Salt salt;
  private final Hmac hmac;
  private final Times times = new Times();
  private final @Nullable String[] texts = new String[REMEMBERED];
  private final int[] places = new int[REMEMBERED];
  private boolean remembers;
  private String callerId = "";
  private String callerAccessor = "";
  private Salt.@Nullable Known caller;

  Values(LineOptions options, Salt salt) {
    this.options = options;
    this.salt = salt;
    this.hmac = salt.hmac();
  }

  LineOptions options() {
    return options;
  }

  /// Says whose line it is; with no token, the id may be one that nobody knows.
  void caller(String id, @Nullable Token token) {
    callerId = id;
    callerAccessor = token == null ? "" : token.accessor();
    caller = token == null || options.raw() ? null : salt.known(token, id, hmac);
  }

  /// Forgets the texts of a line, which may be secrets.
  void forget() {
    callerId = "";
    callerAccessor = "";
    caller = null;
    if (remembers) {
      Arrays.fill(texts, null);
      remembers = false;
    }
  }

  boolean hasCaller() {
    return !callerId.isEmpty();
  }

  boolean hasCallerAccessor() {
    return !callerAccessor.isEmpty();
  }

  void callerId(LineBuffer into) {
    if (caller == null) {
      secret(callerId, into);
    } else {
      Hmac.write(caller.idHash(), into);
    }
  }

  void callerAccessor(LineBuffer into) {
    if (caller == null || !options.hashAccessors()) {
      accessor(callerAccessor, into);
    } else {
      Hmac.write(caller.accessorHash(), into);
    }
  }

  /// A text that nobody may read.
  void secret(String text, LineBuffer into) {
    if (options.raw()) {
      into.string(text);
    } else {
      hashed(text, into);
    }
  }

  /// A text that not even a device with all values in the clear shows.
  void hashed(String text, LineBuffer into) {
    int slot = text.hashCode() & REMEMBERED - 1;
    if (text.equals(texts[slot])) {
      into.again(places[slot], Hmac.WRITTEN);
      return;
    }
    hmac.write(text, into);
    texts[slot] = text;
    places[slot] = into.length() - Hmac.WRITTEN;
    remembers = true;
  }

  void accessor(String text, LineBuffer into) {
    if (options.hashAccessors()) {
      secret(text, into);
    } else {
      into.string(text);
    }
  }

  /// A body that is no JSON.
  void body(byte[] bytes, LineBuffer into) {
    if (options.raw()) {
      into.string(new String(bytes, StandardCharsets.UTF_8));
    } else {
      hmac.writeBody(bytes, into);
    }
  }

  void time(Instant instant, LineBuffer into) {
    times.write(instant, into);
  }

  /// The fields of a request or an answer.
  ///
  /// @param clear the names of fields whose texts may be read, at whatever depth
  void data(Map<?, ?> fields, List<String> clear, LineBuffer into) {
    into.open();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      String name = Objects.toString(field.getKey());
      into.name(name);
      value(field.getValue(), options.raw() || clear.contains(name), clear, into);
    }
    into.close();
  }

  private void value(@Nullable Object value, boolean open, List<String> clear, LineBuffer into) {
    switch (value) {
      case null -> into.nothing();
      case String text -> text(text, open, into);
      case Boolean flag -> into.bool(flag);
      case Long number -> into.number(number);
      case Integer number -> into.number(number);
      case Number number -> into.number(number.toString());
      case Map<?, ?> fields -> data(fields, clear, into);
      case Iterable<?> items -> items(items, open, clear, into);
      case Duration duration -> into.number(duration.toSeconds());
      case Instant instant -> times.write(instant, into);
      default -> text(value.toString(), open, into);
    }
  }

  private void items(Iterable<?> items, boolean open, List<String> clear, LineBuffer into) {
    into.openList();
    for (Object item : items) {
      value(item, open, clear, into);
    }
    into.closeList();
  }

  private void text(String text, boolean open, LineBuffer into) {
    if (open || Times.isTime(text)) {
      into.string(text);
    } else {
      secret(text, into);
    }
  }
}
