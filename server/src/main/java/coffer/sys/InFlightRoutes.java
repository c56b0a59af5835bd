package coffer.sys;

import static coffer.engine.Operation.READ;

import coffer.audit.ClientIds;
import coffer.engine.Call;
import coffer.engine.Operation;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.exchange.Connection;
import coffer.exchange.Request;
import coffer.pipeline.InFlight;
import coffer.token.Token;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `sys/in-flight-req`: the requests that are being answered at the moment. A listener may show
/// them to anybody.
public final class InFlightRoutes {
  private final ClientIds clients = new ClientIds();
  private final InFlight inFlight;

  public InFlightRoutes(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(READ, "in-flight-req", "List the requests that are being answered.", this::list));
  }

  private Reply list(Call call) {
    Map<String, Object> running = new LinkedHashMap<>();
    for (InFlight.Running one : inFlight.list()) {
      Request request = one.request();
      running.put(request.id(), shown(request, call.now().minus(one.since())));
    }
    return Shown.raw(running);
  }

  private Map<String, Object> shown(Request request, Instant start) {
    Connection connection = request.connection();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("start_time", start);
    fields.put("client_remote_address", connection.remoteAddress() + ":" + connection.remotePort());
    fields.put("request_path", "/v1/" + request.path());
    fields.put("request_method", method(request.operation()));
    Token token = request.token();
    fields.put("client_id", token == null ? "" : clients.of(token));
    return fields;
  }

  /// One of the methods that ask for it.
  private static String method(Operation operation) {
    return switch (operation) {
      case READ, HELP -> "GET";
      case CREATE, UPDATE -> "POST";
      case PATCH, DELETE, LIST, SCAN -> operation.name();
    };
  }
}
