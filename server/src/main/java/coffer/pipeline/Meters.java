package coffer.pipeline;

import coffer.telemetry.Counter;
import coffer.telemetry.Metrics;
import coffer.telemetry.Timer;

/// What the steps measure for every request, by the peers' names; looked up once.
///
/// @param request a request but for logins, from end to end
/// @param login the same for what needs no token
/// @param check finding out who calls and whether they may
/// @param policies the same: finding the token and its policies is nearly all of it
/// @param lookup what of that is finding the token
record Meters(
    Timer request,
    Timer login,
    Timer check,
    Timer policies,
    Timer lookup,
    Timer auditRequest,
    Timer auditResponse,
    Counter auditRequestFailure,
    Counter auditResponseFailure) {

  static Meters of(Metrics metrics) {
    return new Meters(
        metrics.timer("core.handle_request"),
        metrics.timer("core.handle_login_request"),
        metrics.timer("core.check_token"),
        metrics.timer("core.fetch_acl_and_token"),
        metrics.timer("token.lookup"),
        metrics.timer("audit.log_request"),
        metrics.timer("audit.log_response"),
        metrics.counter("audit.log_request_failure"),
        metrics.counter("audit.log_response_failure"));
  }
}
