package coffer.http;

import coffer.config.ConfigException;
import coffer.config.ForwardedFor;
import coffer.config.ListenerConfig;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;

/// All listeners of a server. Thread-safe.
public final class HttpDoor {
  private final List<Entrance> entrances = new ArrayList<>();
  private final Drain drain = new Drain();
  private final Server server;
  private volatile Cors cors = Cors.OFF;

  /// Reads certificates and keys; what is wrong with them is a [ConfigException].
  ///
  /// @param handler answers every request and throws nothing; it may block
  /// @param hostname told to callers in a header; empty to tell nothing
  public HttpDoor(
      List<ListenerConfig> listeners,
      Function<Request, Answer> handler,
      SecureRandom random,
      String hostname) {
    server = new Server(Threads.pool());
    server.setErrorHandler(new Refusals());
    Map<Connector, Reception> receptions = new HashMap<>();
    for (ListenerConfig listener : listeners) {
      var entrance = new Entrance(listener, server);
      entrances.add(entrance);
      receptions.put(entrance.connector(), reception(listener, handler, random, hostname));
    }
    server.setHandler(new Reception.AtEach(Map.copyOf(receptions), drain));
  }

  private Reception reception(
      ListenerConfig listener,
      Function<Request, Answer> handler,
      SecureRandom random,
      String hostname) {
    var http = listener.http();
    Optional<ForwardedFor> proxies =
        listener instanceof ListenerConfig.Tcp tcp ? tcp.forwardedFor() : Optional.empty();
    return new Reception(
        http,
        new Forwarded(proxies),
        new Crossing(new Cors(http.corsOrigins(), http.corsHeaders(), false), () -> cors),
        new AnswerWriter(new AnswerHeaders(http.responseHeaders(), hostname)),
        handler,
        random);
  }

  /// Opens all listeners; where one can't be, none stays open, and a [ConfigException] says why.
  public void start() {
    try {
      server.start();
      for (Entrance entrance : entrances) {
        entrance.open();
        server.addConnector(entrance.connector());
      }
    } catch (ConfigException e) {
      stop(Duration.ZERO);
      throw e;
    } catch (Exception e) {
      stop(Duration.ZERO);
      throw new IllegalStateException("the HTTP server doesn't start", e);
    }
  }

  /// Takes no connection and no request any more, waits for the requests that are being answered,
  /// and closes all connections.
  ///
  /// @param longest after which requests are cut off
  public void stop(Duration longest) {
    entrances.forEach(Entrance::shut);
    drain.await(longest);
    for (Entrance entrance : entrances) {
      stop(entrance.connector());
    }
    stop(server);
  }

  private static void stop(org.eclipse.jetty.util.component.LifeCycle part) {
    try {
      part.stop();
    } catch (Exception e) {
      System.getLogger("http").log(System.Logger.Level.WARNING, "stopping HTTP failed", e);
    }
  }

  /// Reads certificates and keys again. Listeners whose files are broken keep what they have.
  ///
  /// @return what is broken, a sentence each
  public List<String> reload() {
    List<String> broken = new ArrayList<>();
    for (Entrance entrance : entrances) {
      try {
        entrance.reload();
      } catch (ConfigException e) {
        broken.add(e.getMessage());
      }
    }
    return broken;
  }

  /// Lets pages of other origins call over the listeners that have no rules of their own.
  public void cors(Cors rules) {
    cors = rules;
  }

  /// Where the listeners listen, in their order; with the real port where any was asked for.
  public List<SocketAddress> addresses() {
    return entrances.stream().map(Entrance::address).toList();
  }

  /// What a banner says of the listeners, in their order.
  public List<String> descriptions() {
    return entrances.stream().map(Entrance::description).toList();
  }
}
