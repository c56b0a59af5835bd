package coffer.boot;

import coffer.config.HttpConfig;
import coffer.config.ListenerConfig;
import coffer.config.LogConfig.Level;
import coffer.config.ServerConfig;
import coffer.engine.Durations;
import coffer.engine.Version;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a server prints on standard output while it starts and stops. The words and their order are
/// those of the peers: test suites and scripts wait for them. Each text ends with its line.
///
/// The order is [#configuration], [#STARTED], in dev mode [#dev], and in the end [#STOPPING].
public final class Banner {
  public static final String STARTED =
      "\n==> Vault server started! Log data will stream in below:\n\n";
  public static final String RELOADING = "==> Vault reload triggered\n";
  public static final String STOPPING = "==> Vault shutdown triggered\n";

  private static final int KEY_WIDTH = 24;
  private static final Duration MAX_REQUEST_DURATION = Duration.ofSeconds(90);

  private static final String WARNING =
      """
      WARNING! dev mode is enabled! In this mode, Vault runs entirely in-memory
      and starts unsealed with a single unseal key.""";
  private static final String KEPT =
      """
       The root token is already
      authenticated to the CLI, so you can immediately begin using Vault.""";
  private static final String EXPORTS =
      """


      You may need to set the following environment variables:

      """;
  private static final String KEYS =
      """

      The unseal key and root token are displayed below in case you want to
      seal/unseal the Vault or re-authenticate.

      """;
  private static final String END =
      """

      Development mode should NOT be used in production installations!

      """;

  private Banner() {}

  /// The table of what the server is.
  public static String configuration(ServerOptions options) {
    ServerConfig config = options.config();
    Map<String, String> rows = new TreeMap<>();
    rows.put("Api Address", options.apiAddress());
    rows.put("Cluster Address", config.general().clusterAddr().orElse(""));
    rows.put("Environment Variables", String.join(", ", options.variables()));
    rows.put("Java Version", Runtime.version().toString());
    rows.put("Log Level", config.log().level().orElse(Level.INFO).name().toLowerCase(Locale.ROOT));
    rows.put("Recovery Mode", "false");
    rows.put("Storage", config.storage().map(storage -> storage.type()).orElse(""));
    rows.put("Version", "Coffer v" + Version.COMPATIBLE);
    int number = 1;
    for (ListenerConfig listener : config.listeners()) {
      rows.put("Listener " + number++, listener(listener, config));
    }
    var out = new StringBuilder("\n==> Vault server configuration:\n\n");
    rows.forEach((key, value) -> row(out, key, value));
    return out.toString();
  }

  private static void row(StringBuilder out, String key, String value) {
    if (!value.isEmpty()) {
      out.repeat(' ', Math.max(0, KEY_WIDTH - key.length()));
      out.append(key).append(": ").append(value).append('\n');
    }
  }

  /// Without [String#format]: it takes longer to load than all the rest.
  private static String listener(ListenerConfig listener, ServerConfig config) {
    return switch (listener) {
      case ListenerConfig.Tcp tcp ->
          "tcp (addr: \""
              + tcp.address()
              + limits(tcp.http(), config)
              + (tcp.tls().isPresent() ? ", tls: \"enabled\")" : ", tls: \"disabled\")");
      case ListenerConfig.Unix unix ->
          "unix (addr: \"" + unix.address() + limits(unix.http(), config) + ")";
    };
  }

  private static String limits(HttpConfig http, ServerConfig config) {
    Duration most =
        http.maxRequestDuration().isZero()
            ? config.general().maxRequestDuration().orElse(MAX_REQUEST_DURATION)
            : http.maxRequestDuration();
    return "\", max_request_duration: \""
        + Durations.format(most)
        + "\", max_request_size: \""
        + http.maxRequestSize()
        + "\"";
  }

  /// How to use a dev server: to be printed once it can be, as callers wait for the root token.
  ///
  /// @param unsealKey in base64
  public static String dev(DevMode dev, String apiAddress, String unsealKey, String rootToken) {
    var out = new StringBuilder(WARNING);
    out.append(dev.storesToken() ? KEPT : "").append(EXPORTS);
    export(out, "VAULT_ADDR", apiAddress);
    dev.authority().ifPresent(file -> export(out, "VAULT_CACERT", file.toString()));
    out.append(KEYS);
    out.append("Unseal Key: ").append(unsealKey).append('\n');
    out.append("Root Token: ").append(rootToken).append('\n');
    return out.append(END).toString();
  }

  private static void export(StringBuilder out, String variable, String value) {
    out.append("    $ export ").append(variable).append("='").append(value).append("'\n");
  }
}
