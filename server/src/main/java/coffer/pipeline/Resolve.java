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
import org.jspecify.annotations.Nullable;

/// Finds the mount and the route. That there is none is said only to those who may know.
final class Resolve implements Step {
  private final MountTable mounts;

  Resolve(MountTable mounts) {
    this.mounts = mounts;
  }

  @Override
  public Answer take(Request request, Next next) {
    Mounted mounted = mounted(request);
    if (mounted == null) {
      request.refusal(
          new Refusal(
              Why.ABSENT,
              "no handler for route \"" + request.path() + "\". route entry not found."));
      return next.take(request);
    }
    request.mounted(mounted);
    RouteTree.Found found =
        mounted.routes().find(request.operation(), mounted.below(request.path()));
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

  /// Help is also given for a mount whose path was written without its last `/`.
  private @Nullable Mounted mounted(Request request) {
    Mounted found = mounts.find(request.path());
    return found == null && request.operation() == Operation.HELP
        ? mounts.at(request.path() + "/")
        : found;
  }
}
