package coffer.http;

import coffer.config.HttpConfig;
import coffer.engine.Operation;
import coffer.exchange.Answer;
import coffer.exchange.Connection;
import coffer.exchange.Headers;
import coffer.http.AnswerWriter.Sent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Receives the requests of one listener: finds out what each means, has it answered, and sends the
/// answer. Runs on the virtual thread of the request. Thread-safe.
final class Reception {
  private static final Logger LOG = System.getLogger("http");
  private static final String METRICS = "sys/metrics";
  private static final Sent CRASH =
      new Sent(Answer.error(500, "internal error"), "", "", Map.of(), false);

  private final HttpConfig config;
  private final Forwarded forwarded;
  private final Crossing crossing;
  private final BodyFields bodies;
  private final AnswerWriter writer;
  private final Function<coffer.exchange.Request, Answer> handler;
  private final SecureRandom random;

  Reception(
      HttpConfig config,
      Forwarded forwarded,
      Crossing crossing,
      AnswerWriter writer,
      Function<coffer.exchange.Request, Answer> handler,
      SecureRandom random) {
    this.config = config;
    this.forwarded = forwarded;
    this.crossing = crossing;
    this.bodies = new BodyFields(config);
    this.writer = writer;
    this.handler = handler;
    this.random = random;
  }

  void receive(Request request, Response response, Callback callback) {
    Line line = Line.of(request);
    line.headArrived();
    Sent sent = answer(line, request, response);
    try {
      writer.send(sent, line, response, callback);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "an answer could not be written", e);
      writer.send(CRASH, line, response, callback);
    }
  }

  /// For a server that is about to stop.
  void refuse(Request request, Response response, Callback callback) {
    Line line = Line.of(request);
    line.headArrived();
    Answer answer = Answer.error(503, "the server is shutting down");
    writer.send(
        new Sent(answer, "", "", Map.of("Retry-After", "1"), true), line, response, callback);
  }

  /// Leads each request to the reception of the listener that it came over. Jetty calls it on a
  /// virtual thread but for the first request after a change of protocol.
  static final class AtEach extends Handler.Abstract {
    private final Map<Connector, Reception> receptions;
    private final Drain drain;

    AtEach(Map<Connector, Reception> receptions, Drain drain) {
      this.receptions = receptions;
      this.drain = drain;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Reception reception = receptions.get(request.getConnectionMetaData().getConnector());
      if (reception == null) {
        return false;
      }
      Callback leaving = Callback.from(callback, drain::leave);
      if (!drain.enter()) {
        reception.refuse(request, response, leaving);
      } else if (Thread.currentThread().isVirtual()) {
        reception.receive(request, response, leaving);
      } else {
        Threads.VIRTUAL.execute(() -> receive(reception, request, response, leaving));
      }
      return true;
    }

    /// Jetty isn't there to see an error.
    private static void receive(
        Reception reception, Request request, Response response, Callback callback) {
      try {
        reception.receive(request, response, callback);
      } catch (Throwable e) {
        callback.failed(e);
        throw e;
      }
    }
  }

  private Sent answer(Line line, Request request, Response response) {
    try {
      return switch (Target.of(request.getHttpURI().getPath())) {
        case Target.Api api -> answer(api, line, request, response);
        case Target.Elsewhere there -> Redirect.to(there.location(), request);
        case Target.Nowhere nowhere -> refused(new TurnedAway(404));
        case Target.Unfit unfit ->
            refused(
                unfit.error().isEmpty()
                    ? new TurnedAway(Answer.raw(400, "", new byte[0]), false)
                    : new TurnedAway(400, unfit.error()));
      };
    } catch (TurnedAway e) {
      return refused(e);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.ERROR, "a request could not be answered", e);
      return CRASH;
    }
  }

  private static Sent refused(TurnedAway refusal) {
    return new Sent(refusal.answer(), "", "", Map.of(), refusal.closing());
  }

  private Sent answer(Target.Api api, Line line, Request request, Response response) {
    Connection connection = forwarded.connection(line, request);
    checkAllowed(api, request);
    Optional<Answer> preflight = crossing.check(request, response);
    if (preflight.isPresent()) {
      return new Sent(preflight.get(), "", "", Map.of(), false);
    }
    coffer.exchange.Request asked = request(api, connection, request);
    Answer answer = handler.apply(asked);
    return new Sent(answer, asked.id(), asked.path(), asked.answerHeaders(), false);
  }

  private void checkAllowed(Target.Api api, Request request) {
    if (config.requireRequestHeader()
        && !"true".equals(request.getHeaders().get("X-Vault-Request"))) {
      throw new TurnedAway(412, "missing \"X-Vault-Request\" header");
    }
    if (config.metrics().only() && !api.path().equals(METRICS)) {
      throw TurnedAway.saying(404, "this listener only serves the metrics endpoint");
    }
    if (config.metrics().disallowed() && api.path().equals(METRICS)) {
      throw TurnedAway.saying(403, "metrics endpoint is disabled for this listener");
    }
  }

  private coffer.exchange.Request request(Target.Api api, Connection connection, Request request) {
    Query query = Query.parse(request.getHttpURI().getQuery());
    Meaning meaning = Meaning.of(request.getMethod(), query);
    Operation operation = meaning.operation();
    Map<String, Object> fields;
    if (operation.writes()) {
      fields = bodies.read(request, operation);
    } else {
      bodies.refuseLarge(request);
      fields = query.fields(meaning.flag());
    }
    Headers headers = request.getHeaders()::getValuesList;
    return new coffer.exchange.Request(
        id(), operation, meaning.path(api.path()), fields, headers, connection);
  }

  private String id() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }
}
