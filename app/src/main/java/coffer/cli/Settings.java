package coffer.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a [Client] from the flags and the environment of a run.
record Settings(Options options, Env env) {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);

  /// @param token the token to use, null to look for one in the environment and the token helper
  Client client(@Nullable String token) {
    Connection connection = connection();
    String wrap = env.get("WRAP_TTL");
    Duration asked = options.get(Globals.WRAP_TTL);
    if (!asked.isZero()) {
      wrap = Go.print(asked);
    }
    String found = token == null ? findToken() : token;
    return new Client(connection, headers(), found, wrap, dry());
  }

  private Dry dry() {
    if (options.get(Globals.OUTPUT_CURL)) {
      return Dry.CURL;
    }
    return options.get(Globals.OUTPUT_POLICY) ? Dry.POLICY : Dry.SEND;
  }

  /// The address of the server as it was given.
  String address() {
    String agent = options.get(Globals.AGENT_ADDRESS);
    return agent.isEmpty() ? options.get(Globals.ADDRESS) : agent;
  }

  private Connection connection() {
    Tls tls =
        new Tls(
            options.get(Globals.CA_CERT),
            options.get(Globals.CA_PATH),
            options.get(Globals.CLIENT_CERT),
            options.get(Globals.CLIENT_KEY),
            options.get(Globals.TLS_SERVER_NAME),
            options.get(Globals.TLS_SKIP_VERIFY));
    if (tls.clientCert().isEmpty() != tls.clientKey().isEmpty()) {
      throw Failure.remote(
          "failed to setup TLS config: both client cert and client key must be provided");
    }
    Address server = Address.parse(address());
    return new Connection(
        server,
        Proxy.of(env, server),
        tls,
        timeout(),
        retries(),
        USUAL_PAUSE,
        options.get(Globals.DISABLE_REDIRECTS));
  }

  private Duration timeout() {
    String text = env.get("CLIENT_TIMEOUT");
    if (text.isEmpty()) {
      return USUAL_TIMEOUT;
    }
    try {
      Duration timeout = Go.duration(text);
      return timeout.isPositive() ? timeout : USUAL_TIMEOUT;
    } catch (IllegalArgumentException e) {
      throw Failure.remote("failed to read environment: could not parse \"BAO_CLIENT_TIMEOUT\"");
    }
  }

  private int retries() {
    String text = env.get("MAX_RETRIES");
    try {
      return text.isEmpty() ? 0 : Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw Failure.remote(
          "failed to read environment: strconv.ParseInt: parsing "
              + Go.quote(text)
              + ": invalid syntax");
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : options.get(Globals.HEADER).entrySet()) {
      if (header.getKey().startsWith("X-Vault-")) {
        throw Failure.remote(
            "failed to setup Headers["
                + header.getKey()
                + "]: Header starting by 'X-Vault-' are for internal usage only");
      }
      headers.put(header.getKey(), header.getValue());
    }
    String namespace = options.get(options.has(Globals.NS) ? Globals.NS : Globals.NAMESPACE);
    if (!Paths.trim(namespace).isEmpty()) {
      headers.put("X-Vault-Namespace", Paths.trim(namespace) + "/");
    }
    if (!options.get(Globals.MFA).isEmpty()) {
      headers.put("X-Vault-MFA", String.join(",", options.get(Globals.MFA)));
    }
    if (options.get(Globals.POLICY_OVERRIDE)) {
      headers.put("X-Vault-Policy-Override", "true");
    }
    return headers;
  }

  private String findToken() {
    String token = env.get("TOKEN");
    return token.isEmpty() ? tokenHelper().read() : token;
  }

  TokenHelper tokenHelper() {
    return TokenHelper.of(env, address());
  }
}
