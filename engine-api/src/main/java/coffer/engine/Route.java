package coffer.engine;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One operation at one path template of an engine, with what it takes and what it does.
///
/// Templates are segments divided by `/`: a literal, a `{name}` that takes one segment, or, last, a
/// `{name...}` that takes all that is left or a `{name+}` that takes it where it isn't nothing. A
/// route refuses to be made when its template and its path parameters disagree.
public final class Route {
  /// What a route does.
  @FunctionalInterface
  public interface Handler {
    Reply handle(Call call);
  }

  /// Who may come in, apart from what the policies say.
  public enum Access {
    /// Anybody with a token that a policy allows.
    POLICY,
    /// The same, but the policy must also say `sudo`.
    SUDO,
    /// Anybody, with no token: logins.
    OPEN,
    /// Anybody, with no token, also while the server is sealed: health, the seal itself.
    ALWAYS
  }

  private final Operation operation;
  private final Template template;
  private final String summary;
  private final Handler handler;
  private final List<Param<?>> params;
  private final Access access;
  private final @Nullable Predicate<Call> exists;

  private Route(
      Operation operation,
      Template template,
      String summary,
      Handler handler,
      List<Param<?>> params,
      Access access,
      @Nullable Predicate<Call> exists) {
    this.operation = operation;
    this.template = template;
    this.summary = summary;
    this.handler = handler;
    this.params = params;
    this.access = access;
    this.exists = exists;
  }

  public static Route of(
      Operation operation, String template, String summary, Handler handler, Param<?>... params) {
    var parsed = Template.parse(template);
    Set<String> declared =
        List.of(params).stream()
            .filter(param -> param.where() == Param.Where.PATH)
            .map(Param::name)
            .collect(Collectors.toSet());
    if (!declared.equals(parsed.names())) {
      throw new IllegalArgumentException(
          template + " names " + parsed.names() + " but the parameters are " + declared);
    }
    if (summary.isBlank()) {
      throw new IllegalArgumentException(template + " has no summary");
    }
    return new Route(operation, parsed, summary, handler, List.of(params), Access.POLICY, null);
  }

  /// The same route, which needs `sudo`.
  public Route sudo() {
    return new Route(operation, template, summary, handler, params, Access.SUDO, exists);
  }

  /// The same route, which needs no token.
  public Route open() {
    return new Route(operation, template, summary, handler, params, Access.OPEN, exists);
  }

  /// The same route, which needs no token and answers while sealed.
  public Route always() {
    return new Route(operation, template, summary, handler, params, Access.ALWAYS, exists);
  }

  /// The same [Operation#UPDATE] route, which counts as [Operation#CREATE] while `there` says no,
  /// so that a policy can tell the two apart. Its refusals of what can't be read are shorter: the
  /// peers come upon it earlier here, while they look what is there.
  public Route creating(Predicate<Call> there) {
    if (operation != Operation.UPDATE) {
      throw new IllegalArgumentException("only an update can turn out to be a create");
    }
    Handler inner = handler;
    return new Route(
        operation,
        template,
        summary,
        call -> shortly(inner, call),
        params,
        access,
        Objects.requireNonNull(there));
  }

  private static Reply shortly(Handler handler, Call call) {
    try {
      return handler.handle(call);
    } catch (Refusal e) {
      throw e.without(Kind.FAILED);
    }
  }

  public Operation operation() {
    return operation;
  }

  public Template template() {
    return template;
  }

  public String summary() {
    return summary;
  }

  public Handler handler() {
    return handler;
  }

  public List<Param<?>> params() {
    return params;
  }

  public Access access() {
    return access;
  }

  /// The test of [#creating], if this route has one.
  public @Nullable Predicate<Call> exists() {
    return exists;
  }

  @Override
  public String toString() {
    return operation + " " + template;
  }
}
