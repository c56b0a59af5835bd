package coffer.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.audit.AuditBroker;
import coffer.barrier.Barrier;
import coffer.barrier.MountStore;
import coffer.barrier.Transaction;
import coffer.barrier.WrongKeyException;
import coffer.engine.Call;
import coffer.engine.Caller;
import coffer.engine.Mount;
import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.mount.RouteTree;
import coffer.storage.InMemoryStorage;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class AuditRoutesTest {
  private static final InstantSource TIME =
      InstantSource.fixed(Instant.parse("2026-11-24T15:09:28Z"));
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Mount SYS =
      new Mount("sys/", "system", "system_1", "uuid", Map.of(), Duration.ZERO, Duration.ZERO);
  private static final Caller OPERATOR =
      new Caller("", "", "", "", List.of(), Map.of(), true, "127.0.0.1", List.of(), name -> "");

  @TempDir Path folder;

  private final Barrier barrier = barrier();
  private final AuditBroker broker =
      new AuditBroker(TIME, RANDOM, AuditBroker.Settings.STANDARD, sentence -> {});
  private final RouteTree routes = new RouteTree(new AuditRoutes(broker, true).routes());

  private static Barrier barrier() {
    var made = new Barrier(new InMemoryStorage(), RANDOM, TIME);
    byte[] key = new byte[32];
    RANDOM.nextBytes(key);
    made.initialize(key);
    try {
      made.unseal(key);
    } catch (WrongKeyException e) {
      throw new IllegalStateException(e);
    }
    return made;
  }

  @AfterEach
  void end() {
    broker.close();
  }

  private Reply call(Operation operation, String path, Map<String, Object> fields) {
    return call(routes, operation, path, fields);
  }

  private Reply call(RouteTree tree, Operation operation, String path, Map<String, Object> fields) {
    RouteTree.Found found = tree.find(operation, path);
    Route route = Objects.requireNonNull(found.route());
    var transaction = new Transaction(barrier);
    var call =
        new Call(
            operation,
            path,
            found.captures(),
            fields,
            SYS,
            OPERATOR,
            new MountStore(transaction, "mount/uuid/"),
            TIME.instant(),
            name -> {});
    Reply reply = route.handler().handle(call);
    transaction.commit();
    return reply;
  }

  private Map<String, ?> read(String path) {
    return data(call(Operation.READ, path, Map.of()));
  }

  private static Map<String, ?> data(Reply reply) {
    return ((Reply.Data) reply).data();
  }

  private Map<String, Object> file(String name) {
    return Map.of("type", "file", "options", Map.of("file_path", folder.resolve(name).toString()));
  }

  @Test
  void anEnabledDeviceIsListedUntilItIsDisabled() {
    Map<String, Object> wanted =
        Map.of(
            "type",
            "file",
            "description",
            "the main one",
            "local",
            true,
            "options",
            Map.of("file_path", folder.resolve("a").toString(), "log_raw", true));
    assertThat(call(Operation.UPDATE, "audit/main", wanted)).isEqualTo(Reply.DONE);

    assertThat(read("audit"))
        .isEqualTo(
            Map.of(
                "main/",
                Map.of(
                    "type", "file",
                    "description", "the main one",
                    "local", true,
                    "path", "main/",
                    "options",
                        Map.of("file_path", folder.resolve("a").toString(), "log_raw", "1"))));
    assertThat(call(Operation.DELETE, "audit/main", Map.of())).isEqualTo(Reply.DONE);
    assertThat(call(Operation.DELETE, "audit/main", Map.of())).isEqualTo(Reply.DONE);
    assertThat(read("audit")).isEmpty();
  }

  /// As the peer says it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "audit/x|''|''|unknown backend type: \"\"",
        "audit/x|nope|''|unknown backend type: \"nope\"",
        "audit/x|FILE|file_path=discard|unknown backend type: \"FILE\"",
        "audit/x|file|''|file_path is required",
        "audit/x|file|file_path=discard,format=xx|unknown format type \"xx\"",
        "audit/x|file|file_path=discard,prefix=x|audit log prefixing is not allowed",
        "audit/x|socket|''|address is required",
        "audit/x|http|''|uri is required",
        "audit/x|syslog|facility=NOPE|invalid syslog facility: NOPE",
        "audit/taken|file|file_path=discard|path already in use",
        "audit/taken/below|file|file_path=discard|path already in use",
        "audit/tak|file|''|file_path is required",
        "audit/deep|file|file_path=discard|path already in use",
      })
  void whatCannotBeEnabledIsRefused(String path, String type, String options, String message) {
    call(Operation.UPDATE, "audit/taken", file("taken"));
    call(Operation.UPDATE, "audit/deep/down", file("down"));

    assertThatThrownBy(() -> call(Operation.UPDATE, path, Map.of("type", type, "options", options)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.why()).isEqualTo(Refusal.Why.BAD_REQUEST))
        .hasMessage(message);
  }

  @Test
  void aServerMayKeepItsDevicesToItsConfiguration() {
    var closed = new RouteTree(new AuditRoutes(broker, false).routes());

    assertThatThrownBy(() -> call(closed, Operation.UPDATE, "audit/x", file("x")))
        .hasMessage(
            "cannot enable audit device via API; use declarative, config-based audit device"
                + " management instead");
  }

  @Test
  void aTextIsHashedAsTheDeviceDoes() {
    call(Operation.UPDATE, "audit/deep/down", file("down"));

    assertThat(data(call(Operation.UPDATE, "audit-hash/deep/down", Map.of("input", "value"))))
        .isEqualTo(Map.of("hash", broker.hash("deep/down", "value")));
    assertThatThrownBy(() -> call(Operation.UPDATE, "audit-hash/deep/down", Map.of()))
        .hasMessage("the \"input\" parameter is empty");
    assertThatThrownBy(() -> call(Operation.UPDATE, "audit-hash/nope", Map.of("input", "value")))
        .hasMessage("unknown audit backend \"nope/\"");
  }

  @Test
  void headersAreKeptInLowerCaseAndShownAsTheyAreAskedFor() {
    String all = "config/auditing/request-headers";
    call(Operation.UPDATE, all + "/X-One", Map.of());
    call(Operation.UPDATE, all + "/x-two", Map.of("hmac", true));
    assertThat(read(all))
        .isEqualTo(
            Map.of(
                "headers", Map.of("x-one", Map.of("hmac", false), "x-two", Map.of("hmac", true))));
    assertThat(read(all + "/X-Two")).isEqualTo(Map.of("X-Two", Map.of("hmac", true)));
    call(Operation.DELETE, all + "/X-TWO", Map.of());
    call(Operation.DELETE, all + "/nope", Map.of());

    assertThat(read(all)).isEqualTo(Map.of("headers", Map.of("x-one", Map.of("hmac", false))));
    assertThatThrownBy(() -> read(all + "/X-Two")).hasMessage("Could not find header in config");
  }

  @Test
  void allButTheHashNeedsSudo() {
    assertThat(new AuditRoutes(broker, true).routes())
        .allSatisfy(
            route ->
                assertThat(route.access())
                    .isEqualTo(
                        route.template().text().startsWith("audit-hash")
                            ? Route.Access.POLICY
                            : Route.Access.SUDO));
  }
}
