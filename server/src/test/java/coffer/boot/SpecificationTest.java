package coffer.boot;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Operation;
import coffer.engine.Version;
import coffer.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The API as a document and as help, both out of the routes.
class SpecificationTest {
  private static final String SPECIFICATION = "sys/internal/specs/openapi";
  private static final List<String> METHODS = List.of("get", "post", "patch", "delete");

  private final TestServer server = TestServer.start(new Lender().type());

  @AfterEach
  void close() {
    server.close();
  }

  private static Map<String, Object> body(TestServer.Reply reply) {
    var raw = reply.answer().raw();
    if (raw == null) {
      throw new AssertionError("no body: " + reply.status() + " " + reply.errors());
    }
    return Json.object(raw.body());
  }

  private Map<String, Object> document() {
    return body(server.root().read(SPECIFICATION));
  }

  /// What is found by going down a JSON object, name by name.
  private static @Nullable Object at(Map<String, ?> object, String... names) {
    Object found = object;
    for (String name : names) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }

  private static Map<String, Object> map(Map<String, ?> object, String... names) {
    var copy = new HashMap<String, Object>();
    if (at(object, names) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put((String) key, value));
    }
    return copy;
  }

  private static List<Map<String, Object>> operations(Map<String, Object> document) {
    return map(document, "paths").values().stream()
        .map(item -> map(Map.of("item", item), "item"))
        .flatMap(item -> METHODS.stream().filter(item::containsKey).map(one -> map(item, one)))
        .toList();
  }

  @Test
  void theDocumentSaysWhatItIs() {
    assertThat(document()).containsEntry("openapi", "3.0.2").containsKey("components");
    assertThat(at(document(), "info", "version")).isEqualTo(Version.COMPATIBLE);
  }

  @Test
  void everyRouteOfEveryMountIsInIt() {
    server.root().write("sys/mounts/numbers", Map.of("type", "lender"));
    assertThat(map(document(), "paths"))
        .containsKeys(
            "/sys/mounts/{path}",
            "/auth/token/lookup-self",
            "/cubbyhole/{path}",
            "/numbers/creds/{name}");
  }

  @Test
  void everyOperationHasAnIdOfItsOwn() {
    server.root().write("sys/mounts/numbers", Map.of("type", "lender"));
    server.root().write("sys/mounts/more/numbers", Map.of("type", "lender"));
    List<Object> ids =
        operations(document()).stream().map(operation -> operation.get("operationId")).toList();
    assertThat(ids)
        .doesNotHaveDuplicates()
        .contains("lender-read-creds-name", "lender-read-creds-name_2", "token-write-create");
  }

  @Test
  void everyParameterOfAPathIsDeclared() {
    map(document(), "paths")
        .forEach(
            (path, item) -> {
              Set<String> named = new HashSet<>();
              Matcher matcher = Pattern.compile("\\{(\\w+)}").matcher(path);
              while (matcher.find()) {
                named.add(matcher.group(1));
              }
              Set<Object> declared = new HashSet<>();
              if (at(Map.of("item", item), "item", "parameters") instanceof List<?> list) {
                list.forEach(one -> declared.add(((Map<?, ?>) one).get("name")));
              }
              assertThat(declared).as(path).isEqualTo(named);
            });
  }

  @Test
  void everySchemaThatIsReferredToIsThere() {
    Map<String, Object> document = document();
    List<Object> references =
        operations(document).stream()
            .map(one -> at(one, "requestBody", "content", "application/json", "schema", "$ref"))
            .filter(java.util.Objects::nonNull)
            .toList();
    Set<String> there = map(document, "components", "schemas").keySet();
    assertThat(references).hasSameSizeAs(there);
    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(there)
                    .contains(reference.toString().substring("#/components/schemas/".length())));
  }

  @Test
  void fieldsHaveTheirTypes() {
    Map<String, Object> token =
        map(document(), "components", "schemas", "TokenWriteCreateRequest", "properties");
    Map<String, Object> asked =
        map(document(), "components", "schemas", "WriteCapabilitiesSelfRequest", "properties");
    assertThat(map(token, "num_uses")).containsEntry("type", "integer");
    assertThat(map(token, "renewable")).containsEntry("type", "boolean");
    assertThat(map(token, "meta")).containsEntry("format", "kvpairs");
    assertThat(map(asked, "paths"))
        .containsEntry("type", "array")
        .containsEntry("items", Map.of("type", "string"));
  }

  @Test
  void whatNeedsSudoOrNoTokenSaysSo() {
    Map<String, Object> document = document();
    assertThat(at(document, "paths", "/sys/health", "x-vault-unauthenticated")).isEqualTo(true);
    assertThat(at(document, "paths", "/sys/seal", "x-vault-sudo")).isEqualTo(true);
    assertThat(at(document, "paths", "/cubbyhole/{path}", "x-vault-createSupported"))
        .isEqualTo(true);
    assertThat(map(document, "paths", "/sys/capabilities-self"))
        .doesNotContainKeys("x-vault-sudo", "x-vault-unauthenticated", "x-vault-createSupported");
  }

  @Test
  void aListIsAReadWithAFlag() {
    assertThat(at(document(), "paths", "/sys/policies/acl", "get", "parameters"))
        .isEqualTo(
            List.of(
                Map.of(
                    "name", "list",
                    "description", "Must be set to `true`",
                    "in", "query",
                    "schema", Map.of("type", "string", "enum", List.of("true")),
                    "required", true)));
  }

  @Test
  void pathsOfMountsMayBeParameters() {
    server.root().write("sys/mounts/more/numbers", Map.of("type", "lender"));
    var reply =
        server.root().call(Operation.READ, SPECIFICATION, Map.of("generic_mount_paths", "true"));
    Map<String, Object> paths = map(body(reply), "paths");
    assertThat(paths)
        .containsKeys(
            "/{more_numbers_mount_path}/creds/{name}", "/sys/mounts", "/auth/token/create")
        .doesNotContainKey("/more/numbers/creds/{name}");
    assertThat(at(paths, "/{more_numbers_mount_path}/creds/{name}", "parameters"))
        .asString()
        .contains("default=more/numbers");
  }

  @Test
  void aContextEndsTheIdsAndIsBounded() {
    Map<String, Object> document =
        body(server.root().write(SPECIFICATION, Map.of("context", "there")));
    assertThat(operations(document))
        .allSatisfy(one -> assertThat(one.get("operationId")).asString().endsWith("_there"));
    assertThat(server.root().write(SPECIFICATION, Map.of("context", "x".repeat(200))).status())
        .isEqualTo(400);
  }

  @Test
  void nobodySeesMoreThanTheirTokenReaches() {
    assertThat(map(body(server.as("").read(SPECIFICATION)), "paths")).isEmpty();
    assertThat(server.as("wrong").read(SPECIFICATION).status()).isEqualTo(403);
    server.root().write("sys/mounts/numbers", Map.of("type", "lender"));
    String token =
        server.root().write("auth/token/create", Map.of("policies", List.of("default"))).token();
    assertThat(map(body(server.as(token).read(SPECIFICATION)), "paths"))
        .containsKey("/cubbyhole/{path}")
        .doesNotContainKey("/numbers/creds/{name}");
  }

  @Test
  void aMountThatIsGoneIsGoneFromTheDocument() {
    server.root().write("sys/mounts/numbers", Map.of("type", "lender"));
    assertThat(map(document(), "paths")).containsKey("/numbers/creds/{name}");
    server.root().delete("sys/mounts/numbers");
    assertThat(map(document(), "paths")).doesNotContainKey("/numbers/creds/{name}");
  }

  private String help(String path) {
    return String.valueOf(body(server.root().call(Operation.HELP, path, Map.of())).get("help"));
  }

  @Test
  void theHelpOfAMountListsItsPaths() {
    server.root().write("sys/mounts/numbers", Map.of("type", "lender"));
    assertThat(help("numbers/"))
        .startsWith("## DESCRIPTION\n\nLends numbers.\n\n## PATHS\n\n")
        .endsWith("\n    creds/{name}\n        Borrow a number.\n");
    assertThat(help("numbers")).isEqualTo(help("numbers/"));
    assertThat(help("cubbyhole")).contains("\n    {path...}\n");
  }

  @Test
  void theHelpOfAPathTellsWhatItTakes() {
    server.root().write("sys/mounts/numbers", Map.of("type", "lender"));
    assertThat(help("numbers/creds/a"))
        .isEqualTo(
            """
            Request:        creds/a
            Matching Route: creds/{name}

            Borrow a number.

            ## PARAMETERS

                name (string)

                    Any name.

            ## DESCRIPTION

                READ    Borrow a number.
            """);
  }

  @Test
  void theHelpOfAPathIsThatOfTheNearestTemplate() {
    assertThat(help("sys/mounts")).contains("Matching Route: mounts\n").doesNotContain("{path...}");
    assertThat(help("sys/mounts/a")).contains("Matching Route: mounts/{path+}\n");
  }

  @Test
  void helpComesWithADocument() {
    Map<String, Object> help = body(server.root().call(Operation.HELP, "sys/mounts", Map.of()));
    assertThat(help)
        .containsOnlyKeys("help", "openapi", "see_also")
        .containsEntry("see_also", null);
    assertThat(map(help, "openapi", "paths")).containsOnlyKeys("/mounts");
  }

  @Test
  void helpNeedsATokenAndNoPolicy() {
    String token =
        server.root().write("auth/token/create", Map.of("policies", List.of("default"))).token();
    assertThat(server.as(token).call(Operation.HELP, "sys/mounts", Map.of()).status())
        .isEqualTo(200);
    assertThat(server.as("").call(Operation.HELP, "sys/mounts", Map.of()).status()).isEqualTo(403);
    assertThat(server.as("").call(Operation.HELP, "sys/health", Map.of()).status()).isEqualTo(200);
  }

  @Test
  void thereIsNoHelpWhereNothingIs() {
    assertThat(server.root().call(Operation.HELP, "sys/nothing", Map.of()).errors())
        .containsExactly("1 error occurred:\n\t* unsupported path\n\n");
    assertThat(server.root().call(Operation.HELP, "nothing", Map.of()).errors())
        .containsExactly("no handler for route \"nothing\". route entry not found.");
  }
}
