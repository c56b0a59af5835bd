package coffer.mount;

import coffer.engine.Login.TokenType;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What `tune` sets for one mount.
///
/// @param defaultTtl zero for the server's default
/// @param maxTtl zero for the server's maximum
/// @param listingVisibility `unauth` to be shown to anybody; `hidden` or empty to be hidden
/// @param tokenType of an auth method: `default-service`, `default-batch`, `service` or `batch`;
///   empty for the usual
/// @param auditNonHmacRequestKeys fields of requests that audit lines show in the clear
/// @param auditNonHmacResponseKeys fields of answers that audit lines show in the clear
/// @param passthroughRequestHeaders headers that the engine gets to see
/// @param allowedResponseHeaders headers that the engine may set
/// @param userLockout settings of the lockout after failed logins, as they were given
public record MountConfig(
    Duration defaultTtl,
    Duration maxTtl,
    boolean forceNoCache,
    String listingVisibility,
    String tokenType,
    List<String> auditNonHmacRequestKeys,
    List<String> auditNonHmacResponseKeys,
    List<String> passthroughRequestHeaders,
    List<String> allowedResponseHeaders,
    Map<String, Object> userLockout) {

  /// A mount that was never tuned.
  public static final MountConfig NONE =
      new MountConfig(
          Duration.ZERO,
          Duration.ZERO,
          false,
          "",
          "",
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Map.of());

  /// What becomes of the type that somebody asks for who logs in.
  public TokenType tokenType(TokenType wished) {
    return switch (tokenType) {
      case "batch" -> TokenType.BATCH;
      case "default-batch" -> wished == TokenType.DEFAULT ? TokenType.BATCH : wished;
      case "service" -> TokenType.SERVICE;
      default -> wished == TokenType.DEFAULT ? TokenType.SERVICE : wished;
    };
  }
}
