package coffer.pipeline;

import coffer.audit.AuditBroker;
import coffer.barrier.Barrier;
import coffer.barrier.Locks;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.identity.IdentityStore;
import coffer.identity.Powers;
import coffer.lease.Leases;
import coffer.lease.TokenRenewal;
import coffer.mount.MountTable;
import coffer.quota.Quotas;
import coffer.telemetry.Metrics;
import coffer.token.TokenMaker;
import coffer.token.TokenStore;
import coffer.wrapping.Wrapping;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The way of every request: the steps, outermost first. May be used by many threads.
public final class Pipeline {
  private final Step.Next first;

  /// What the steps work with.
  public record Rooms(
      BooleanSupplier sealed,
      Barrier barrier,
      MountTable mounts,
      Quotas quotas,
      TokenStore tokens,
      IdentityStore identities,
      Powers powers,
      AuditBroker audit,
      Wrapping wrapping,
      TokenMaker maker,
      TokenRenewal renewal,
      Leases leases,
      InFlight inFlight,
      Metrics metrics,
      InstantSource time) {}

  public Pipeline(Rooms rooms) {
    Locks locks = rooms.tokens.locks();
    Meters meters = Meters.of(rooms.metrics);
    var grantMeters = new GrantMeters(rooms.metrics);
    var grant = new Grant(rooms.maker, rooms.renewal, rooms.leases, rooms.identities, grantMeters);
    var perform = new Perform(rooms.barrier, grant, new Help(rooms.mounts), rooms.time);
    var uses = new Uses(rooms.barrier, rooms.tokens, locks);
    first =
        chain(
            List.of(
                new Measure(meters, rooms.inFlight),
                new Guard(),
                new Name(),
                new Limit(rooms.quotas, rooms.metrics),
                new Resolve(rooms.mounts),
                new Unsealed(rooms.sealed, perform),
                new Judge(rooms.tokens, rooms.powers, rooms.wrapping, uses, perform, meters),
                new Audit(rooms.audit, meters),
                new Enforce(),
                new Commit(rooms.barrier, rooms.tokens, rooms.leases, locks),
                new Wrap(rooms.wrapping),
                new RouteTimes(rooms.metrics),
                perform));
  }

  private static Step.Next chain(List<Step> steps) {
    Step.Next next =
        request -> {
          throw new IllegalStateException("nobody answered " + request);
        };
    for (Step step : steps.reversed()) {
      Step.Next inner = next;
      next = request -> step.take(request, inner);
    }
    return next;
  }

  /// Answers a request. Throws nothing.
  public Answer handle(Request request) {
    return first.take(request);
  }
}
