package coffer.policy;

import coffer.engine.Operation;
import coffer.policy.Verdict.Source;
import coffer.policy.Verdict.Why;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All rules of a set of policies for one path, merged, with every verdict they can come to.
/// Immutable.
final class Permission {
  private final String rule;
  private final int capabilities;
  private final Specificity specificity;
  private final Parameters parameters;
  private final Duration minWrappingTtl;
  private final Duration maxWrappingTtl;
  private final long paginationLimit;
  private final int controlled;
  private final EnumMap<Operation, Verdict> granted = new EnumMap<>(Operation.class);
  private final Verdict missing;
  private final Verdict wrapping;
  private final Verdict refusedParameters;
  private final Verdict page;
  private final Verdict approval;

  Permission(Merged merged, Specificity specificity) {
    this.rule = merged.path();
    this.capabilities = merged.capabilities();
    this.specificity = specificity;
    this.parameters = merged.parameters();
    this.minWrappingTtl = merged.minWrappingTtl();
    this.maxWrappingTtl = merged.maxWrappingTtl();
    this.paginationLimit = merged.paginationLimit();
    this.controlled = merged.controlled();
    List<Source> all = merged.sources(0);
    boolean sudo = Capability.SUDO.in(capabilities);
    boolean deny = Capability.DENY.in(capabilities);
    Why why = deny ? Why.DENY : Why.NOT_GRANTED;
    List<Source> against = deny ? merged.sources(Capability.DENY.bit()) : all;
    this.missing = verdict(false, sudo, why, against);
    for (Operation operation : Operation.values()) {
      int bit = Capability.bitFor(operation);
      if ((capabilities & bit) != 0) {
        granted.put(operation, verdict(true, sudo, Why.GRANTED, merged.sources(bit)));
      }
    }
    this.wrapping = verdict(false, sudo, Why.WRAPPING, all);
    this.refusedParameters = verdict(false, sudo, Why.PARAMETERS, all);
    this.page = verdict(false, sudo, Why.PAGE, all);
    this.approval = verdict(false, sudo, Why.APPROVAL, all);
  }

  private Verdict verdict(boolean allowed, boolean sudo, Why why, List<Source> sources) {
    return new Verdict(allowed, sudo, false, why, rule, sources, paginationLimit);
  }

  String rule() {
    return rule;
  }

  /// The one whose path says more; null where there is neither.
  static @Nullable Permission moreSpecific(@Nullable Permission one, @Nullable Permission other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.specificity.compareTo(other.specificity) >= 0 ? one : other;
  }

  int capabilities() {
    return capabilities;
  }

  /// Whether something is granted that isn't taken away.
  boolean grantsAnything() {
    return capabilities != 0 && !Capability.DENY.in(capabilities);
  }

  Verdict judge(Operation operation, Map<String, ?> given, @Nullable Duration wrapTtl) {
    int bit = Capability.bitFor(operation);
    if ((capabilities & bit) == 0) {
      return missing;
    }
    if ((controlled & bit) != 0) {
      return approval;
    }
    if (!wraps(wrapTtl)) {
      return wrapping;
    }
    return switch (operation) {
      case READ, CREATE, UPDATE, PATCH ->
          parameters.isEmpty() || parameters.accept(given)
              ? granted.getOrDefault(operation, missing)
              : refusedParameters;
      case LIST, SCAN ->
          paginationLimit == 0 || pages(given) ? granted.getOrDefault(operation, missing) : page;
      case DELETE -> granted.getOrDefault(operation, missing);
      case HELP -> Verdict.HELP;
    };
  }

  private boolean wraps(@Nullable Duration wrapTtl) {
    if (maxWrappingTtl.isZero() && minWrappingTtl.isZero()) {
      return true;
    }
    if (wrapTtl == null) {
      return false;
    }
    return (maxWrappingTtl.isZero() || wrapTtl.compareTo(maxWrappingTtl) <= 0)
        && (minWrappingTtl.isZero() || wrapTtl.compareTo(minWrappingTtl) >= 0);
  }

  private boolean pages(Map<String, ?> given) {
    Object limit = given.get("limit");
    return switch (limit) {
      case null -> !parameters.requires("limit");
      case String text when text.equals("max") -> true;
      case String text when text.matches("\\d{1,18}") -> Long.parseLong(text) <= paginationLimit;
      case Long number -> number >= 0 && number <= paginationLimit;
      case BigInteger number -> false;
      default -> false;
    };
  }

  /// The capabilities by name, in the order in which they are listed.
  List<String> names() {
    if (capabilities == 0 || Capability.DENY.in(capabilities)) {
      return List.of(Capability.DENY.word());
    }
    var names = new ArrayList<String>();
    for (Capability capability : Capability.values()) {
      if (capability.in(capabilities)) {
        names.add(capability.word());
      }
    }
    return List.copyOf(names);
  }
}
