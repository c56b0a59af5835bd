package coffer.pipeline;

import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Route;
import coffer.exchange.Answer;
import coffer.mount.Mounted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `?help=1`: what can be done at a path, out of the routes that fit it.
final class Help {
  private Help() {}

  static Answer of(Mounted mounted, String path) {
    String below = path.substring(mounted.entry().path().length());
    var routes = new LinkedHashSet<Route>();
    for (Operation operation : Operation.values()) {
      Route route = mounted.routes().find(operation, below).route();
      if (route != null) {
        routes.add(route);
      }
    }
    List<Route> shown = new ArrayList<>(routes);
    if (below.isEmpty() && shown.isEmpty()) {
      shown = mounted.engine().routes();
    }
    if (shown.isEmpty()) {
      throw new Refusal(Refusal.Why.ABSENT, Refusal.listed("unsupported path"));
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("help", text(path, shown));
    data.put("see_also", List.of());
    return Answer.of(data);
  }

  private static String text(String path, List<Route> routes) {
    var out = new StringBuilder("Request:        ").append(path).append('\n');
    for (Route route : routes) {
      out.append('\n')
          .append(route.operation().word().toUpperCase(Locale.ROOT))
          .append(' ')
          .append(route.template())
          .append("\n    ")
          .append(route.summary())
          .append('\n');
      for (Param<?> param : route.params()) {
        if (!param.name().isEmpty()) {
          out.append("\n    ").append(param.name()).append(" (").append(param.kind().name());
          out.append(")\n        ").append(param.help()).append('\n');
        }
      }
    }
    return out.toString();
  }
}
