package coffer.audit;

import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.exchange.Answer;
import coffer.exchange.Auth;
import coffer.exchange.Headers;
import coffer.exchange.Request;
import coffer.exchange.WrapInfo;
import coffer.json.Fields;
import coffer.json.Json;
import coffer.mount.MountConfig;
import coffer.policy.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Lines that OpenBao 2.7.2 wrote, and the exchanges that they tell of, made from the same lines as
/// a device with `log_raw` has them.
///
/// @param name of the exchange
/// @param device `hashed`, `raw` or `short`
/// @param type `request` or `response`
record Recorded(String name, String device, String type, String json) {
  private static final Map<String, Integer> STATUS =
      Map.of("denied", 403, "anonymous", 403, "unknown", 403, "invalid", 400, "nowhere", 404);

  static List<Recorded> all() {
    try (InputStream in = Recorded.class.getResourceAsStream("lines.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(line -> line.split("\t"))
          .map(part -> new Recorded(part[0], part[1], part[2], part[3]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The line of the same exchange in the clear.
  Map<String, Object> raw() {
    return all().stream()
        .filter(one -> one.name.equals(name) && one.device.equals("raw") && one.type.equals(type))
        .map(one -> Json.object(one.json.getBytes(StandardCharsets.UTF_8)))
        .findFirst()
        .orElseThrow();
  }

  Request request() {
    Map<String, Object> line = raw();
    var asked = new Fields(new Fields(line).object("request"));
    Headers headers =
        header ->
            name.equals("write") && header.startsWith("x-")
                ? List.of(header.equals("x-seen") ? "seen" : "hidden")
                : List.of();
    var request =
        new Request(
            asked.text("id"),
            Operation.valueOf(asked.text("operation").toUpperCase(Locale.ROOT)),
            asked.text("path"),
            asked.object("data"),
            headers,
            Exchanges.connection((int) asked.number("remote_port")));
    if (!asked.text("mount_point").isEmpty()) {
      request.mounted(
          Exchanges.mounted(
              asked.text("mount_point"),
              asked.text("mount_type"),
              asked.text("mount_accessor"),
              config(asked.text("mount_point"))));
    }
    request.secret(asked.text("client_token"));
    if (asked.number("wrap_ttl") != 0) {
      request.wrapTtl(asked.seconds("wrap_ttl"));
    }
    caller(request, new Fields(new Fields(line).object("auth")));
    return request;
  }

  private static MountConfig config(String mount) {
    return mount.equals("k1/")
        ? Exchanges.tuned(List.of("k", "l"), List.of("deep"))
        : Exchanges.UNTUNED;
  }

  private void caller(Request request, Fields auth) {
    if (auth.text("token_issue_time").isEmpty()) {
      return;
    }
    request.token(
        Exchanges.token(
            auth.text("accessor"),
            auth.text("display_name"),
            auth.texts("policies"),
            auth.pairs("metadata"),
            auth.text("entity_id"),
            Instant.parse(auth.text("token_issue_time")),
            auth.seconds("token_ttl")));
    var results = new Fields(auth.object("policy_results"));
    boolean allowed = results.flag("allowed");
    request.verdict(
        new Verdict(
            allowed,
            false,
            false,
            allowed ? Verdict.Why.GRANTED : Verdict.Why.DENY,
            "secret/data/+",
            sources(results),
            0));
    if (!allowed) {
      request.refusal(new Refusal(Why.DENIED, Refusal.listed("permission denied")));
    }
  }

  private static List<Verdict.Source> sources(Fields results) {
    var sources = new ArrayList<Verdict.Source>();
    if (results.map().get("granting_policies") instanceof List<?> policies) {
      for (Object policy : policies) {
        if (policy instanceof Map<?, ?> fields) {
          sources.add(new Verdict.Source("", String.valueOf(fields.get("name")), 7));
        }
      }
    }
    return sources;
  }

  /// Why it was about to be refused.
  List<String> errors() {
    String error = new Fields(raw()).text("error");
    return error.isEmpty() ? List.of() : List.of(error);
  }

  Answer answer() {
    var said = new Fields(new Fields(raw()).object("response"));
    int status = STATUS.getOrDefault(name, 200);
    Map<String, Object> data = said.object("data");
    if (status != 200) {
      return Answer.error(status, (String) Objects.requireNonNull(data.get("error")));
    }
    if (!said.object("wrap_info").isEmpty()) {
      return Answer.of(wrapInfo(new Fields(said.object("wrap_info"))), List.of());
    }
    if (!said.object("auth").isEmpty()) {
      return Answer.of(auth(new Fields(said.object("auth"))));
    }
    Answer answer = Answer.of(200, said.map().containsKey("data") ? data : null);
    return said.map().containsKey("secret")
        ? answer.with(new Answer.Lease("", Duration.ofHours(1), false))
        : answer;
  }

  private static WrapInfo wrapInfo(Fields info) {
    return new WrapInfo(
        info.text("token"),
        info.text("accessor"),
        info.seconds("ttl"),
        Instant.parse(info.text("creation_time")),
        info.text("creation_path"),
        info.text("wrapped_accessor"));
  }

  private static Auth auth(Fields auth) {
    return new Auth(
        auth.text("client_token"),
        auth.text("accessor"),
        auth.texts("policies"),
        auth.texts("token_policies"),
        List.of(),
        auth.pairs("metadata"),
        auth.seconds("token_ttl"),
        true,
        auth.text("entity_id"),
        auth.text("token_type"),
        true,
        auth.number("num_uses"),
        auth.text("display_name"));
  }

  /// For the names of tests.
  @Override
  public String toString() {
    return String.join(" ", name, device, type);
  }
}
