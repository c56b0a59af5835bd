package coffer.engine;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Who makes a call, as far as an engine may know.
///
/// @param token the key under which the server knows the caller's token (not its id); empty without
///   one, and for a batch token, which it doesn't keep
/// @param accessor the accessor of that token; empty without one
/// @param entity the id of the caller's entity; empty for none
/// @param sudo whether the caller's policies grant `sudo` at the path of the call
/// @param remoteAddress the IP address, after trusted proxies
/// @param header one header of the request by name, empty where it is absent
public record Caller(
    String token,
    String accessor,
    String displayName,
    String entity,
    List<String> policies,
    Map<String, String> metadata,
    boolean sudo,
    String remoteAddress,
    List<X509Certificate> certificates,
    Function<String, String> header) {

  @Override
  public String toString() {
    return "Caller[accessor=" + accessor + ", displayName=" + displayName + "]";
  }
}
