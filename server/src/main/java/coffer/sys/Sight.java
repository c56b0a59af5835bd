package coffer.sys;

import coffer.engine.AddressRange;
import coffer.engine.Call;
import coffer.identity.Powers;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.policy.Acl;
import coffer.token.Token;
import coffer.token.TokenStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What whoever calls an open route may see of the mounts: those that their token reaches, and
/// those that are shown to anybody.
record Sight(MountTable mounts, TokenStore tokens, Powers powers) {
  private static final String ANYBODY = "unauth";

  /// The caller's token; null where there is none that works from where they are.
  private @Nullable Token token(Call call) {
    String id = call.caller().header().apply("X-Vault-Token");
    Token token = id.isEmpty() ? null : tokens.find(id);
    return token != null && AddressRange.admit(token.boundCidrs(), call.caller().remoteAddress())
        ? token
        : null;
  }

  /// What the caller's token allows; null where there is none that works.
  @Nullable Acl acl(Call call) {
    Token token = token(call);
    return token == null ? null : powers.of(token);
  }

  /// Whether a mount is shown to anybody.
  static boolean isPublic(Mounted mounted) {
    return mounted.entry().config().listingVisibility().equals(ANYBODY);
  }

  /// Whether somebody who may do this sees a mount.
  static boolean reaches(@Nullable Acl acl, Mounted mounted) {
    return acl != null && acl.reaches(mounted.entry().path());
  }

  /// What the caller sees, by path.
  List<Mounted> visible(Call call) {
    Acl acl = acl(call);
    return mounts.all().stream().filter(one -> reaches(acl, one) || isPublic(one)).toList();
  }

  /// Whether the caller has a token that doesn't work.
  boolean isFalse(Call call) {
    return acl(call) == null && !call.caller().header().apply("X-Vault-Token").isEmpty();
  }
}
