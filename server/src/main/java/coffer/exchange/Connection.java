package coffer.exchange;

import coffer.config.HttpConfig;
import java.security.cert.X509Certificate;
import java.util.List;

/// What a request came through.
///
/// @param remoteAddress the IP address of whoever sent it, after trusted proxies
/// @param certificates what the client proved to be by TLS; the client's own first
/// @param listener what the listener lets through
public record Connection(
    String remoteAddress,
    int remotePort,
    List<X509Certificate> certificates,
    HttpConfig listener) {}
