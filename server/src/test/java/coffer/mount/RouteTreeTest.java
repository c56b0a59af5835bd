package coffer.mount;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTreeTest {
  private static final RouteTree TREE =
      new RouteTree(
          List.of(
              route(Operation.READ, "config"),
              route(Operation.READ, "roles/{name}", "name"),
              route(Operation.READ, "roles/default"),
              route(Operation.LIST, "roles"),
              route(Operation.READ, "data/{path...}", "path"),
              route(Operation.LIST, "data/{path...}", "path"),
              route(Operation.UPDATE, "data/{path...}", "path"),
              route(Operation.LIST, "{path...}", "path"),
              route(Operation.READ, "{path...}", "path")));

  private static Route route(Operation operation, String template, String... names) {
    Param<?>[] params =
        List.of(names).stream().map(name -> Param.path(name, "Any.")).toArray(Param<?>[]::new);
    return Route.of(operation, template, "Test.", call -> Reply.DONE, params);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, config, config, ''",
    "READ, config/, {path...}, config/",
    "READ, config/x, {path...}, config/x",
    "READ, roles/a, roles/{name}, a",
    "READ, roles/default, roles/default, ''",
    "READ, roles/a/b, {path...}, roles/a/b",
    "READ, roles/, {path...}, roles/",
    "LIST, roles, roles, ''",
    "LIST, roles/, roles, ''",
    "LIST, roles/a, {path...}, roles/a",
    "READ, data, data/{path...}, ''",
    "READ, data/, data/{path...}, ''",
    "READ, data/a, data/{path...}, a",
    "READ, data/a/, data/{path...}, a/",
    "READ, data/a//b, data/{path...}, a//b",
    "LIST, data, data/{path...}, ''",
    "LIST, data/, data/{path...}, ''",
    "LIST, data/a, data/{path...}, a",
    "LIST, data/a/, data/{path...}, a/",
    "CREATE, data/a, data/{path...}, a",
    "LIST, '', {path...}, ''",
    "LIST, /, {path...}, ''",
    "READ, '', {path...}, ''",
    "READ, database, {path...}, database",
  })
  void theMostLiteralTemplateTakesWhatIsLeft(
      Operation operation, String path, String template, String taken) {
    RouteTree.Found found = TREE.find(operation, path);
    Route route = Objects.requireNonNull(found.route());
    assertThat(route.template().text()).isEqualTo(template);
    assertThat(String.join("|", found.captures().values())).isEqualTo(taken);
  }

  @Test
  void aPathIsKnownWhereOnlyTheOperationIsNot() {
    assertThat(TREE.find(Operation.DELETE, "config").route()).isNull();
    assertThat(TREE.find(Operation.DELETE, "config").known()).isTrue();
    var small = new RouteTree(List.of(route(Operation.READ, "config")));
    assertThat(small.find(Operation.READ, "other").known()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "READ, mounts, READ mounts, false",
    "DELETE, mounts, , true",
    "DELETE, mounts/, , false",
    "DELETE, mounts/a/b, DELETE mounts/{path+}, false",
    "LIST, mounts, , false",
    "LIST, mounts/a, , true",
    "READ, roles/, , true",
    "DELETE, roles, , true",
    "LIST, roles, LIST roles, false",
  })
  void aPathThatEndsInASlashIsAFolders(
      Operation operation, String path, @Nullable String route, boolean known) {
    var tree =
        new RouteTree(
            List.of(
                route(Operation.READ, "mounts"),
                route(Operation.DELETE, "mounts/{path+}", "path"),
                route(Operation.LIST, "roles")));
    RouteTree.Found found = tree.find(operation, path);
    assertThat(found.route() == null ? null : found.route().toString()).isEqualTo(route);
    assertThat(found.route() == null && found.known()).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({
    "login, false",
    "login/a, true",
    "login/a/b, true",
    "logins, false",
    "health, true",
    "health/a, false",
    "users/a, false",
    "'', false",
  })
  void whatIsMissingBesideAnOpenRouteIsToldToAnybody(String path, boolean open) {
    var tree =
        new RouteTree(
            List.of(
                route(Operation.UPDATE, "login/{name}", "name").open(),
                route(Operation.UPDATE, "health").open(),
                route(Operation.UPDATE, "users/{name}", "name")));
    assertThat(tree.find(Operation.DELETE, path).open()).isEqualTo(open);
  }
}
