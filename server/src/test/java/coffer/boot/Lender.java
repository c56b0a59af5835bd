package coffer.boot;

import static coffer.engine.Operation.READ;

import coffer.engine.Call;
import coffer.engine.Engine;
import coffer.engine.EngineType;
import coffer.engine.Lent;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// An engine that lends numbers, remembers which are out, and fails on demand.
public final class Lender implements Engine {
  private static final Param<String> NAME = Param.path("name", "Any name.");

  private final Set<Long> out = ConcurrentHashMap.newKeySet();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean broken;

  /// The type to start a server with.
  public EngineType type() {
    return new EngineType("lender", EngineType.Family.SECRET, "Lends numbers.", mount -> this);
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.of(READ, "creds/{name}", "Borrow a number.", this::lend, NAME));
  }

  private Reply lend(Call call) {
    long number = next.incrementAndGet();
    out.add(number);
    var lent = new Lent(Map.of("number", number), Duration.ofHours(1), Duration.ofHours(4), true);
    return new Reply.Lend(Map.of("number", number), lent);
  }

  @Override
  public void revoke(Call call, Lent lent) {
    asked.incrementAndGet();
    if (broken) {
      throw Refusal.bad("the backend is down");
    }
    out.remove((Long) lent.internal().get("number"));
  }

  /// From now on nothing can be given back, or it can again.
  public void breakDown(boolean broken) {
    this.broken = broken;
  }

  /// What is lent and not given back.
  public Set<Long> out() {
    return out;
  }

  /// How often somebody wanted to give something back.
  public int asked() {
    return asked.get();
  }
}
