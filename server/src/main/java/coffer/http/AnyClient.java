package coffer.http;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Takes any certificate that a client presents, as long as the client has its key: who issued it
/// is judged by the auth method that the client logs in with. Immutable.
final class AnyClient extends X509ExtendedTrustManager {
  private final X509Certificate[] wished;

  /// @param wished the authorities that clients are told about, to help them choose a certificate
  AnyClient(List<X509Certificate> wished) {
    this.wished = wished.toArray(X509Certificate[]::new);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw notAClient();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw notAClient();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {
    throw notAClient();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return wished.clone();
  }

  private static UnsupportedOperationException notAClient() {
    return new UnsupportedOperationException("a server doesn't judge servers");
  }
}
