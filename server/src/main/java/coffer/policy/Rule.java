package coffer.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One path of a policy, with what it grants there.
///
/// @param path as it was written, without a leading `/`
/// @param line where it begins in the text of the policy
/// @param capabilities a set of the bits of [Capability]; only `deny` where that is in it
/// @param allowed by parameter name in lower case, the values a request may have; an empty list for
///   any value, `*` for any other parameter
/// @param denied the same for what a request may not have
/// @param required the parameters that a request must have
/// @param minWrappingTtl zero for none
/// @param maxWrappingTtl zero for none
/// @param paginationLimit zero for none
/// @param expiration from when on the rule no longer counts
/// @param controlled the capabilities that need an approval
/// @param templated whether the path has `{{…}}` to be filled in from the caller's identity
public record Rule(
    String path,
    int line,
    int capabilities,
    Map<String, List<Object>> allowed,
    Map<String, List<Object>> denied,
    List<String> required,
    Duration minWrappingTtl,
    Duration maxWrappingTtl,
    long paginationLimit,
    Optional<Instant> expiration,
    int controlled,
    boolean templated) {

  /// How a rule's path is compared with a request's.
  enum Match {
    /// Equal.
    EXACT,
    /// The path ends in `*`, and the request's begins with what is before it.
    PREFIX,
    /// Some segment is `+`.
    SEGMENTS
  }

  Match match() {
    if (path.equals("+") || path.startsWith("+/") || path.contains("/+")) {
      return Match.SEGMENTS;
    }
    return path.endsWith("*") ? Match.PREFIX : Match.EXACT;
  }

  /// The same with its templates filled in.
  Rule at(String filled) {
    return new Rule(
        filled,
        line,
        capabilities,
        allowed,
        denied,
        required,
        minWrappingTtl,
        maxWrappingTtl,
        paginationLimit,
        expiration,
        controlled,
        false);
  }

  boolean expired(Instant now) {
    return expiration.isPresent() && now.isAfter(expiration.get());
  }
}
