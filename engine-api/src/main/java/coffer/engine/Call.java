package coffer.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request to an engine, with its parameters typed. Used by one thread.
public final class Call {
  private final Operation operation;
  private final String path;
  private final Map<String, String> captures;
  private final Map<String, Object> fields;
  private final Mount mount;
  private final Caller caller;
  private final Store storage;
  private final Instant now;
  private final Consumer<String> locks;
  private List<Param<?>> checked = List.of();
  private @Nullable Object[] values = {};
  private @Nullable List<String> warnings;

  /// @param path below the mount
  /// @param captures what the route's template took from the path
  /// @param fields the JSON body, or the query string
  /// @param locks holds the named lock of the mount until the call is answered
  public Call(
      Operation operation,
      String path,
      Map<String, String> captures,
      Map<String, Object> fields,
      Mount mount,
      Caller caller,
      Store storage,
      Instant now,
      Consumer<String> locks) {
    this.operation = operation;
    this.path = path;
    this.captures = captures;
    this.fields = fields;
    this.mount = mount;
    this.caller = caller;
    this.storage = storage;
    this.now = now;
    this.locks = locks;
  }

  public Operation operation() {
    return operation;
  }

  public String path() {
    return path;
  }

  /// What the route's template took from the path, by the names of its parameters.
  public Map<String, String> captures() {
    return captures;
  }

  /// All fields of the request as they came.
  public Map<String, Object> fields() {
    return fields;
  }

  public Mount mount() {
    return mount;
  }

  public Caller caller() {
    return caller;
  }

  public Store storage() {
    return storage;
  }

  public Instant now() {
    return now;
  }

  /// Reads what the caller gave of a route's fields, so that what can't be read is refused before
  /// anything is done.
  public void check(Route route) {
    try {
      read(route);
    } catch (Refusal refusal) {
      throw route.exists() == null ? refusal : refusal.without(Kind.FAILED);
    }
  }

  private void read(Route route) {
    List<Param<?>> params = route.params();
    if (fields.isEmpty() || params.isEmpty()) {
      return;
    }
    @Nullable Object[] read = new Object[params.size()];
    for (int i = 0; i < read.length; i++) {
      Param<?> param = params.get(i);
      Object raw = param.where() == Param.Where.FIELD ? fields.get(param.name()) : null;
      read[i] = raw == null ? null : param.kind().read(param.name(), raw);
    }
    checked = params;
    values = read;
  }

  /// Whether the caller gave this parameter, if only as an empty value.
  public boolean has(Param<?> param) {
    return raw(param) != null;
  }

  /// The value, or the parameter's default; refused where there is neither.
  public <T> T get(Param<T> param) {
    T value = value(param);
    if (value != null) {
      return value;
    }
    if (param.fallback() == null || param.required()) {
      throw Refusal.bad("missing " + param.name());
    }
    return param.fallback();
  }

  /// The value if the caller gave one.
  public <T> Optional<T> find(Param<T> param) {
    return Optional.ofNullable(value(param));
  }

  @SuppressWarnings("unchecked")
  private <T> @Nullable T value(Param<T> param) {
    for (int i = 0; i < checked.size(); i++) {
      if (param.where() == Param.Where.FIELD && checked.get(i).equals(param)) {
        return (T) values[i];
      }
    }
    Object raw = raw(param);
    return raw == null ? null : param.kind().read(param.name(), raw);
  }

  private @Nullable Object raw(Param<?> param) {
    return switch (param.where()) {
      case PATH -> captures.get(param.name());
      case FIELD -> fields.get(param.name());
      case WHOLE -> fields;
    };
  }

  /// Keeps other calls that name the same lock of this mount out until this one is answered: for a
  /// value that is read and written back.
  public void lock(String name) {
    locks.accept(name);
  }

  /// Adds a warning to the answer.
  public void warn(String warning) {
    if (warnings == null) {
      warnings = new ArrayList<>();
    }
    warnings.add(warning);
  }

  public List<String> warnings() {
    return warnings == null ? List.of() : List.copyOf(warnings);
  }
}
