package coffer.pipeline;

import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Route;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.mount.RouteTree;

/// Finds the mount and the route. That there is none is said only to those who may know.
final class Resolve implements Step {
  private final MountTable mounts;

  Resolve(MountTable mounts) {
    this.mounts = mounts;
  }

  @Override
  public Answer take(Request request, Next next) {
    Mounted mounted = mounts.find(request.path());
    if (mounted == null) {
      request.refusal(
          new Refusal(
              Why.ABSENT,
              "no handler for route \"" + request.path() + "\". route entry not found."));
      return next.take(request);
    }
    request.mounted(mounted);
    String below = request.path().substring(mounted.entry().path().length());
    RouteTree.Found found = mounted.routes().find(request.operation(), below);
    Route route = found.route();
    if (route != null) {
      request.route(route, found.captures());
    } else if (request.operation() != Operation.HELP) {
      request.refusal(
          found.known()
              ? Refusal.unsupported()
              : new Refusal(Why.ABSENT, Refusal.listed("unsupported path")));
    }
    return next.take(request);
  }
}
