package coffer.token;

import coffer.engine.Refusal;
import coffer.policy.Policy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The policies of a token that another one makes: no more than its maker has, unless that has
/// `sudo`, or a role says what there may be.
///
/// @param sudo whether the maker has it at the path where the token is made
record ChildPolicies(TokenWish wish, Token parent, boolean sudo) {

  /// Sorted; for root nothing else.
  ///
  /// @param role null for none
  List<String> of(@Nullable TokenRole role) {
    Set<String> policies = role != null && role.limitsPolicies() ? byRole(role) : byParent();
    if (wish.noDefaultPolicy()) {
      policies.remove(Policy.DEFAULT);
    }
    if (!policies.contains(Policy.ROOT)) {
      return List.copyOf(policies);
    }
    if (!parent.policies().contains(Policy.ROOT)) {
      throw Refusal.bad("root tokens may not be created without parent token being root");
    }
    return List.of(Policy.ROOT);
  }

  private Set<String> byParent() {
    if (!wish.policiesGiven()) {
      return new TreeSet<>(parent.policies());
    }
    if (sudo) {
      return given(wish.policies(), true);
    }
    if (!parent.policies().containsAll(given(wish.policies(), false))) {
      throw Refusal.bad("child policies must be subset of parent");
    }
    return given(wish.policies(), parent.policies().contains(Policy.DEFAULT));
  }

  private Set<String> byRole(TokenRole role) {
    boolean defaults = !wish.noDefaultPolicy() && !role.withoutDefault();
    Set<String> policies = given(wish.policies(), defaults && wish.policiesGiven());
    Set<String> allowed = given(role.allowedPolicies(), defaults);
    if (policies.isEmpty()) {
      policies = role.allowsSome() ? allowed : given(parent.policies(), defaults);
    } else if (role.allowsSome()) {
      checkAllowed(role, policies, allowed);
    }
    for (String policy : policies) {
      if (role.disallows(policy)) {
        throw Refusal.bad("token policy \"" + policy + "\" is disallowed by this role");
      }
    }
    return policies;
  }

  private static void checkAllowed(TokenRole role, Set<String> policies, Set<String> allowed) {
    for (String policy : policies) {
      if (!allowed.contains(policy) && !Globs.anyMatches(role.allowedPoliciesGlob(), policy)) {
        throw Refusal.bad(
            "token policies (%s) must be subset of the role's allowed policies (%s) or glob policies (%s)"
                .formatted(listed(policies), listed(allowed), listed(role.allowedPoliciesGlob())));
      }
    }
  }

  private static String listed(Iterable<String> names) {
    var texts = new TreeSet<String>();
    names.forEach(texts::add);
    return texts.stream().map(name -> '"' + name + '"').collect(Collectors.joining(" ", "[", "]"));
  }

  /// Each once, with `default` if that is wished for; for root nothing else.
  private static Set<String> given(List<String> names, boolean defaults) {
    Set<String> policies = new TreeSet<>(names);
    policies.remove("");
    if (policies.contains(Policy.ROOT)) {
      return new TreeSet<>(Set.of(Policy.ROOT));
    }
    if (defaults) {
      policies.add(Policy.DEFAULT);
    }
    return policies;
  }
}
