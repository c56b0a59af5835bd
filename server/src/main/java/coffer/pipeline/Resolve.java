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
      refuse(request, found);
    }
    return next.take(request);
  }

  /// A mount is also found by its path without the last `/`.
  private @Nullable Mounted mounted(Request request) {
    Mounted found = mounts.find(request.path());
    return found == null ? mounts.at(request.path() + "/") : found;
  }

  private static void refuse(Request request, RouteTree.Found found) {
    String text = found.known() ? "unsupported operation" : "unsupported path";
    request.refusal(
        new Refusal(
            found.known() ? Why.UNSUPPORTED : Why.ABSENT,
            found.open() ? text : Refusal.listed(text)));
    request.open(found.open());
  }
}
