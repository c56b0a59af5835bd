package coffer.pipeline;

import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Route;
import coffer.engine.Route.Access;
import coffer.engine.Template;
import coffer.engine.Template.Segment;
import coffer.exchange.Answer;
import coffer.json.Json;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.openapi.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `?help=1`: what can be done at a path, out of the routes that fit it, or at which paths of a
/// mount something can be done. For people, and as an OpenAPI document.
final class Help {
  private static final String PATHS =
      """
      ## PATHS

      The following paths are supported by this backend. To view help for
      any of the paths below, use the help command with any route matching
      the path pattern. Note that depending on the policy of your auth token,
      you may or may not be able to access certain paths.
      """;

  /// The more of a path a template spells out, the later.
  private static final Comparator<Template> LITERAL =
      Comparator.comparing(Help::isWhole).thenComparingInt(template -> template.segments().size());

  private final MountTable mounts;

  Help(MountTable mounts) {
    this.mounts = mounts;
  }

  Answer of(Mounted mounted, String path) {
    String below = mounted.below(path);
    if (below.isEmpty()) {
      List<Route> all = mounted.engine().routes();
      return answer(ofMount(mounted, all), Document.of(mounted, all));
    }
    List<Route> fitting = fitting(mounted, below);
    if (fitting.isEmpty()) {
      throw new Refusal(Refusal.Why.ABSENT, Refusal.listed("unsupported path"));
    }
    return answer(ofPath(below, fitting), Document.of(mounted, fitting));
  }

  private static Answer answer(String help, Map<String, Object> document) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("help", help);
    fields.put("openapi", document);
    fields.put("see_also", null);
    return Answer.raw(200, "application/json", Json.bytes(fields));
  }

  /// Whether something can be done at a path without a token, so that its help needs none either.
  static boolean isOpen(Mounted mounted, String path) {
    return fitting(mounted, mounted.below(path)).stream()
        .anyMatch(route -> route.access() == Access.OPEN || route.access() == Access.ALWAYS);
  }

  /// The routes of the template that fits a path best.
  private static List<Route> fitting(Mounted mounted, String below) {
    var routes = new ArrayList<Route>();
    for (Operation operation : Operation.values()) {
      Route route = mounted.routes().find(operation, below).route();
      if (route != null && !routes.contains(route)) {
        routes.add(route);
      }
    }
    Optional<Template> best = routes.stream().map(Route::template).max(LITERAL);
    return routes.stream().filter(route -> Optional.of(route.template()).equals(best)).toList();
  }

  private static boolean isWhole(Template template) {
    return template.segments().stream().noneMatch(Segment.Rest.class::isInstance);
  }

  private String ofMount(Mounted mounted, List<Route> routes) {
    var summaries = new TreeMap<String, String>();
    routes.forEach(route -> summaries.putIfAbsent(route.template().text(), route.summary()));
    var out = new StringBuilder("## DESCRIPTION\n\n");
    out.append(mounts.summary(mounted.entry())).append("\n\n").append(PATHS);
    summaries.forEach(
        (template, summary) ->
            out.append("\n    ")
                .append(template)
                .append("\n        ")
                .append(summary)
                .append('\n'));
    return out.toString();
  }

  private static String ofPath(String below, List<Route> routes) {
    Route first = routes.getFirst();
    var out = new StringBuilder("Request:        ").append(below);
    out.append("\nMatching Route: ").append(first.template());
    out.append("\n\n").append(first.summary()).append('\n');
    Map<String, Param<?>> params = params(routes);
    if (!params.isEmpty()) {
      out.append("\n## PARAMETERS\n");
    }
    params
        .values()
        .forEach(
            param ->
                out.append(
                    "\n    %s (%s)\n\n        %s\n"
                        .formatted(param.name(), param.kind().name(), param.help())));
    out.append("\n## DESCRIPTION\n\n");
    for (Route route : routes) {
      String word = route.operation().word().toUpperCase(Locale.ROOT);
      out.append("    %-6s  %s\n".formatted(word, route.summary()));
    }
    return out.toString();
  }

  private static Map<String, Param<?>> params(List<Route> routes) {
    Map<String, Param<?>> params = new TreeMap<>();
    for (Route route : routes) {
      route.params().stream()
          .filter(param -> !param.name().isEmpty())
          .forEach(param -> params.putIfAbsent(param.name(), param));
    }
    return params;
  }
}
