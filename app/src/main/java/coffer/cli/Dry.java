package coffer.cli;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What becomes of requests: they are sent, or shown as a cURL command, or as the policy they need.
enum Dry {
  SEND,
  CURL,
  POLICY;

  /// The cURL command of a request, its token left out.
  static String curl(
      Connection connection,
      String method,
      String target,
      Map<String, String> headers,
      byte @Nullable [] body) {
    StringBuilder out = new StringBuilder("curl ");
    Tls tls = connection.tls();
    if (tls.skipVerify()) {
      out.append("--insecure ");
    }
    if (!method.equals("GET")) {
      out.append("-X ").append(method).append(' ');
    }
    option(out, "--cacert", tls.caCert());
    option(out, "--capath", tls.caPath());
    option(out, "--cert", tls.clientCert());
    option(out, "--key", tls.clientKey());
    if (connection.address().isSocketFile()) {
      option(out, "--unix-socket", connection.address().host());
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      boolean secret = header.getKey().equals("X-Vault-Token");
      String value = secret ? "$(" + Program.NAME + " print token)" : header.getValue();
      out.append("-H \"").append(header.getKey()).append(": ").append(value).append("\" ");
    }
    if (body != null) {
      option(out, "-d", new String(body, StandardCharsets.UTF_8));
    }
    return out.append(Go.quote(connection.address().base() + target)).toString();
  }

  private static void option(StringBuilder out, String name, String value) {
    if (!value.isEmpty()) {
      out.append(name).append(" '").append(value.replace("'", "'\"'\"'")).append("' ");
    }
  }

  /// The policy that a request needs.
  static String policy(String method, String path) {
    String capabilities =
        switch (method) {
          case "PUT", "POST" -> "\"create\", \"update\"";
          case "PATCH" -> "\"patch\"";
          case "DELETE" -> "\"delete\"";
          case "LIST" -> "\"list\"";
          case "SCAN" -> "\"scan\"";
          default -> "\"read\"";
        };
    String sudo = needsSudo(path) ? ", \"sudo\"" : "";
    return "path \"" + path + "\" {\n  capabilities = [" + capabilities + sudo + "]\n}";
  }

  private static boolean needsSudo(String path) {
    return switch (path) {
      case "auth/token/accessors",
          "auth/token/revoke-orphan",
          "sys/audit",
          "sys/config/cors",
          "sys/leases",
          "sys/raw",
          "sys/remount",
          "sys/revoke-force",
          "sys/revoke-prefix",
          "sys/rotate",
          "sys/seal",
          "sys/step-down" ->
          true;
      default ->
          path.startsWith("sys/audit/")
              || path.startsWith("sys/auth/")
              || path.startsWith("sys/config/auditing/request-headers")
              || path.startsWith("sys/config/ui/headers")
              || path.startsWith("sys/internal/inspect/")
              || path.startsWith("sys/leases/lookup/")
              || path.startsWith("sys/leases/revoke-force/")
              || path.startsWith("sys/leases/revoke-prefix/")
              || path.startsWith("sys/plugins/catalog/")
              || path.startsWith("sys/raw/");
    };
  }
}
