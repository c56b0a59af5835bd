package coffer.sys;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Route;
import java.util.List;

/// Routes that take no text for a number and no number for a text, as the peers do where they
/// answer without the usual envelope.
final class StrictBody {
  private StrictBody() {}

  static Route of(
      Operation operation,
      String template,
      String summary,
      Route.Handler handler,
      Param<?>... params) {
    return Route.of(
        operation,
        template,
        summary,
        call -> {
          for (Param<?> param : params) {
            check(call, param);
          }
          return handler.handle(call);
        },
        params);
  }

  private static void check(Call call, Param<?> param) {
    Object value = call.fields().get(param.name());
    if (value != null && !type(param.kind()).isInstance(value)) {
      throw Refusal.bad(
          "failed to decode JSON input: "
              + param.name()
              + " must be of type "
              + param.kind().name());
    }
  }

  private static Class<?> type(Kind<?> kind) {
    if (kind == Kind.INTEGER) {
      return Long.class;
    }
    if (kind == Kind.BOOLEAN) {
      return Boolean.class;
    }
    return kind == Kind.STRINGS ? List.class : String.class;
  }
}
