package coffer.exchange;

import coffer.config.HttpConfig;
import java.security.cert.X509Certificate;
import java.util.List;

/// What a request came through.
///
/// @param remoteAddress the IP address of whoever sent it, after trusted proxies; empty over a Unix
///   socket
/// @param certificates what the client presented by TLS, its own first: it has the key of that one,
///   but unless the listener demands certificates nobody has verified who issued it
/// @param listener what the listener lets through
public record Connection(
    String remoteAddress,
    int remotePort,
    List<X509Certificate> certificates,
    HttpConfig listener) {}
