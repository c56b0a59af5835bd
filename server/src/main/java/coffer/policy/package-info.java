/// Who may do what: the policy language, policies compiled into access control lists that answer
/// without allocating, and the store that keeps policies and caches what was compiled. Policies
/// come in as HCL ([coffer.policy.Policy]), a set of them becomes one [coffer.policy.Acl], and that
/// gives one [coffer.policy.Verdict] a request, with the rule that decided it.
@NullMarked
package coffer.policy;

import org.jspecify.annotations.NullMarked;
