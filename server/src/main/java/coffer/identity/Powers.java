package coffer.identity;

import coffer.policy.Acl;
import coffer.policy.PolicyStore;
import coffer.token.Token;
import org.jspecify.annotations.Nullable;

/// What tokens may do: by their own policies, and by those of the entity behind them. May be used
/// by many threads.
public record Powers(IdentityStore identities, PolicyStore policies) {

  /// What counts of the entity behind a token.
  public Standing standing(Token token) {
    return identities.standing(token.entity());
  }

  /// What a token may do, whose entity counts as it does now.
  public Acl acl(Token token, Standing standing) {
    return policies.acl(token.policies(), standing.subject());
  }

  /// What a token may do; null where its entity is disabled or gone, so that it is refused.
  public @Nullable Acl of(Token token) {
    Standing standing = standing(token);
    return standing.barred() ? null : acl(token, standing);
  }
}
