package coffer.engines;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Engine;
import coffer.engine.EngineType;
import coffer.engine.Mount;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the server, the help and the docs rely on, held against all engines.
class EngineContractTest {
  private static final int MAX_SUMMARY = 100;

  /// Each type under each of its names, as one would mount it.
  private static final List<Mounted> ALL =
      EngineTypes.all().stream().flatMap(EngineContractTest::mounted).toList();

  private record Mounted(String name, Engine engine) {
    Stream<String> routesWhere(Predicate<Route> condition) {
      return engine.routes().stream().filter(condition).map(route -> name + ": " + route);
    }

    Stream<String> paramsWhere(Predicate<Param<?>> condition) {
      return engine.routes().stream()
          .flatMap(
              route ->
                  route.params().stream()
                      .filter(condition)
                      .map(param -> name + ": " + route + " " + param.name()));
    }
  }

  private static Stream<Mounted> mounted(EngineType type) {
    return Stream.concat(
        Stream.of(mounted(type, type.name(), Map.of())),
        type.spellings().stream()
            .map(spelling -> mounted(type, spelling.name(), spelling.options())));
  }

  private static Mounted mounted(EngineType type, String name, Map<String, String> options) {
    return new Mounted(name, type.make().apply(mount(type, options)));
  }

  private static Mount mount(EngineType type, Map<String, String> options) {
    Duration ttl = Duration.ofHours(1);
    return new Mount(type.name() + "/", type.name(), "accessor", "uuid", options, ttl, ttl);
  }

  @Test
  void everyEngineOfTheModuleCanBeMounted() {
    assertThat(ALL.stream().map(mounted -> (Object) mounted.engine().getClass()).distinct())
        .containsExactlyInAnyOrderElementsOf(EngineTypes.engines());
  }

  @Test
  void everyTypeHasANameAndASummaryOfItsOwn() {
    assertThat(EngineTypes.all().stream().flatMap(EngineContractTest::names))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[A-Z]+ [a-z][a-z0-9-]*"));
    assertThat(EngineTypes.all()).extracting(EngineType::summary).allMatch(this::isSentence);
  }

  @Test
  void everyRouteSaysInOneLineWhatItDoes() {
    assertThat(ALL)
        .flatExtracting(mounted -> mounted.routesWhere(r -> !isSentence(r.summary())).toList())
        .isEmpty();
  }

  @Test
  void everyParameterSaysWhatItIs() {
    assertThat(ALL)
        .flatExtracting(mounted -> mounted.paramsWhere(p -> !p.help().endsWith(".")).toList())
        .isEmpty();
  }

  @Test
  void noParameterIsDeclaredTwice() {
    assertThat(ALL)
        .flatExtracting(
            mounted ->
                mounted
                    .routesWhere(
                        route ->
                            route.params().stream().map(Param::name).distinct().count()
                                != route.params().size())
                    .toList())
        .isEmpty();
  }

  @Test
  void whatATemplateNamesIsDeclaredAndTheOtherWayRound() {
    assertThat(ALL)
        .flatExtracting(
            mounted ->
                mounted
                    .routesWhere(route -> !pathParams(route).equals(route.template().names()))
                    .toList())
        .isEmpty();
  }

  private static Set<String> pathParams(Route route) {
    Set<String> names = new HashSet<>();
    route.params().stream()
        .filter(param -> param.where() == Param.Where.PATH)
        .forEach(param -> names.add(param.name()));
    return names;
  }

  @Test
  void noTwoRoutesAnswerToTheSame() {
    for (Mounted mounted : ALL) {
      List<String> shapes = new ArrayList<>();
      mounted
          .engine()
          .routes()
          .forEach(
              route ->
                  shapes.add(
                      route.operation()
                          + " "
                          + route
                              .template()
                              .text()
                              .replaceAll("\\{\\w+}", "{}")
                              .replaceAll("\\{\\w+\\.\\.\\.}", "{...}")));
      assertThat(shapes).as(mounted.name()).doesNotHaveDuplicates();
    }
  }

  @Test
  void fallbacksAreOfTheKindThatTheyStandInFor() {
    assertThat(ALL)
        .flatExtracting(mounted -> mounted.paramsWhere(p -> !readsItsFallback(p)).toList())
        .isEmpty();
  }

  private static boolean readsItsFallback(Param<?> param) {
    Object fallback = param.fallback();
    if (fallback == null) {
      return true;
    }
    Object given = fallback instanceof Duration duration ? (Object) duration.toSeconds() : fallback;
    try {
      return param.kind().read(param.name(), given).equals(fallback);
    } catch (Refusal e) {
      return false;
    }
  }

  private static Stream<String> names(EngineType type) {
    Stream<String> further = type.spellings().stream().map(EngineType.Spelling::name);
    return Stream.concat(Stream.of(type.name()), further).map(name -> type.family() + " " + name);
  }

  private boolean isSentence(String text) {
    return text.length() <= MAX_SUMMARY
        && text.endsWith(".")
        && !text.contains("\n")
        && Character.isUpperCase(text.charAt(0));
  }
}
