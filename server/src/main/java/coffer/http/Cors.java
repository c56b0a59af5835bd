package coffer.http;

import java.util.List;

/// Who may call from pages of other origins.
///
/// @param origins `*` for any; none where nothing is said about origins at all
/// @param headers further headers that may be sent
/// @param credentials whether browsers may send what they keep for this server
public record Cors(List<String> origins, List<String> headers, boolean credentials) {
  /// Browsers are told nothing.
  public static final Cors OFF = new Cors(List.of(), List.of(), false);

  private static final List<String> USUAL_HEADERS =
      List.of(
          "Content-Type",
          "Authorization",
          "X-Vault-Token",
          "X-Vault-MFA",
          "X-Vault-No-Request-Forwarding",
          "X-Vault-Wrap-Format",
          "X-Vault-Wrap-TTL",
          "X-Requested-With",
          "X-Vault-AWS-IAM-Server-ID",
          "X-Vault-Policy-Override",
          "X-Vault-Namespace",
          "X-Vault-Request");

  private static final List<String> METHODS =
      List.of("DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT", "LIST", "SCAN");

  boolean isOn() {
    return !origins.isEmpty();
  }

  boolean allows(String origin) {
    return origins.contains("*") || origins.contains(origin);
  }

  static boolean knows(String method) {
    return METHODS.contains(method);
  }

  static String methods() {
    return String.join(",", METHODS);
  }

  String allHeaders() {
    String usual = String.join(",", USUAL_HEADERS);
    return headers.isEmpty() ? usual : usual + "," + String.join(",", headers);
  }
}
