package coffer.config;

import coffer.engine.AddressRange;
import coffer.hcl.HclException;
import coffer.hcl.Position;
import java.util.List;
import java.util.Optional;

/// Whether and from whom a PROXY protocol header is believed.
///
/// @param authorized the proxies; for [Behavior#USE_ALWAYS], anybody
public record ProxyProtocol(Behavior behavior, List<AddressRange> authorized) {
  /// What to do with a header.
  public enum Behavior {
    /// Believe everybody's.
    USE_ALWAYS,
    /// Believe those of authorized addresses; ignore the others'.
    ALLOW_AUTHORIZED,
    /// Believe those of authorized addresses; turn the others away.
    DENY_UNAUTHORIZED
  }

  static Optional<ProxyProtocol> read(Section section, Position at) {
    Optional<Behavior> behavior = section.text("proxy_protocol_behavior", ProxyProtocol::behavior);
    List<AddressRange> authorized =
        section.texts("proxy_protocol_authorized_addrs", AddressRange::parse);
    if (behavior.isEmpty()) {
      return Optional.empty();
    }
    if (behavior.get() != Behavior.USE_ALWAYS && authorized.isEmpty()) {
      throw new HclException(
          at,
          "proxy_protocol_behavior set to allow or deny only authorized addresses but no"
              + " proxy_protocol_authorized_addrs value");
    }
    return Optional.of(new ProxyProtocol(behavior.get(), authorized));
  }

  private static Behavior behavior(String text) {
    return switch (text) {
      case "use_always" -> Behavior.USE_ALWAYS;
      case "allow_authorized" -> Behavior.ALLOW_AUTHORIZED;
      case "deny_unauthorized" -> Behavior.DENY_UNAUTHORIZED;
      default ->
          throw new IllegalArgumentException(
              "unknown behavior type \"" + text + "\" for proxy proto config");
    };
  }
}
