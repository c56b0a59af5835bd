package coffer.config;

/// A version of TLS that a listener may offer. The two oldest are accepted as a minimum, but not
/// offered: the JVM has them switched off.
public enum TlsVersion {
  TLS10("TLSv1"),
  TLS11("TLSv1.1"),
  TLS12("TLSv1.2"),
  TLS13("TLSv1.3");

  private final String protocol;

  TlsVersion(String protocol) {
    this.protocol = protocol;
  }

  /// The name by which the JDK knows it.
  public String protocol() {
    return protocol;
  }

  static TlsVersion parse(String text) {
    return switch (text) {
      case "tls10" -> TLS10;
      case "tls11" -> TLS11;
      case "tls12" -> TLS12;
      case "tls13" -> TLS13;
      default ->
          throw new IllegalArgumentException(
              "value \""
                  + text
                  + "\" not supported, please specify one of [tls10,tls11,tls12,tls13]");
    };
  }
}
