package coffer.policy;

import coffer.engine.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A set of policies compiled for answering: what may be done at a path. Immutable; a look-up
/// allocates nothing and takes one pass over the path, however many rules there are, as long as
/// none has a `+`.
///
/// Of the rules that fit a path one decides: the equal one; else, in this order, the one whose
/// first wildcard comes latest, that doesn't end in `*`, has fewer `+`, is longer. A list of `a/`
/// that no equal rule decides falls back to the equal rule for `a`, and without any rule for `a/`
/// to those with wildcards that fit `a`. Namespaces: a rule of a policy counts below the path of
/// its namespace, and paths are judged with that path before them.
public final class Acl {
  private final @Nullable Verdict root;
  private final String rootNamespace;
  private final PathTable<Permission> exact;
  private final PrefixTable<Permission> prefixes;
  private final @Nullable SegmentTree segments;
  private final List<Permission> permissions;
  private final Optional<Instant> validUntil;

  Acl(
      Optional<String> rootNamespace,
      Map<String, Permission> exact,
      Map<String, Permission> prefixes,
      List<Permission> segments,
      List<Permission> permissions,
      Optional<Instant> validUntil) {
    this.root = rootNamespace.map(Verdict::root).orElse(null);
    this.rootNamespace = rootNamespace.orElse("");
    this.exact = new PathTable<>(exact);
    this.prefixes = new PrefixTable<>(prefixes);
    this.segments = segments.isEmpty() ? null : new SegmentTree(segments);
    this.permissions = permissions;
    this.validUntil = validUntil;
  }

  /// Compiles policies; rules that have expired by now are left out.
  public static Acl compile(List<Policy> policies, Instant now) {
    return new AclCompiler(now).compile(policies);
  }

  /// When the next rule expires, after which the policies must be compiled again.
  public Optional<Instant> validUntil() {
    return validUntil;
  }

  /// Whether it is that of the policy `root`.
  public boolean isRoot() {
    return root != null;
  }

  /// Judges one request.
  ///
  /// @param path with the namespace's path before it, without a leading `/`
  /// @param parameters the JSON body, or the query
  /// @param wrapTtl null where no wrapping was asked for
  public Verdict judge(
      Operation operation, String path, Map<String, ?> parameters, @Nullable Duration wrapTtl) {
    int from = start(path);
    if (root != null) {
      return path.startsWith(rootNamespace, from) ? root : Verdict.NO_RULE;
    }
    if (operation == Operation.HELP) {
      return Verdict.HELP;
    }
    boolean lists = operation == Operation.LIST || operation == Operation.SCAN;
    Permission permission = find(path, from, lists);
    return permission == null ? Verdict.NO_RULE : permission.judge(operation, parameters, wrapTtl);
  }

  /// The names of the capabilities at a path, in alphabetical order; `root` or `deny` alone.
  public List<String> capabilities(String path) {
    int from = start(path);
    if (root != null) {
      return List.of(path.startsWith(rootNamespace, from) ? Policy.ROOT : Capability.DENY.word());
    }
    Permission permission = find(path, from, true);
    return permission == null ? List.of(Capability.DENY.word()) : permission.names();
  }

  /// Whether anything is granted at or below the path of a mount, which ends in `/`.
  public boolean reaches(String mount) {
    if (root != null) {
      return mount.startsWith(rootNamespace);
    }
    Permission there = find(mount, 0, true);
    return (there != null && there.grantsAnything())
        || permissions.stream()
            .anyMatch(one -> one.grantsAnything() && Reach.below(one.rule(), mount));
  }

  /// All rules in the form that user interfaces ask for: by path, the capabilities; those that end
  /// in `*` apart from the others.
  public Map<String, Object> shown() {
    Map<String, Object> exactly = new TreeMap<>();
    Map<String, Object> globs = new TreeMap<>();
    for (Permission permission : permissions) {
      String rule = permission.rule();
      Map<String, Object> shown = Map.of("capabilities", permission.names());
      if (rule.endsWith("*")) {
        globs.put(rule.substring(0, rule.length() - 1), shown);
      } else {
        exactly.put(rule, shown);
      }
    }
    return Map.of("exact_paths", exactly, "glob_paths", globs, "root", false);
  }

  private static int start(String path) {
    int from = 0;
    while (from < path.length() && path.charAt(from) == '/') {
      from++;
    }
    return from;
  }

  private @Nullable Permission find(String path, int from, boolean lists) {
    int to = path.length();
    Permission found = exact.find(path, from, to, PathTable.hash(path, from, to));
    if (found != null) {
      return found;
    }
    boolean folder = lists && to > from && path.charAt(to - 1) == '/';
    if (folder) {
      found = exact.find(path, from, to - 1, PathTable.hash(path, from, to - 1));
      if (found != null) {
        return found;
      }
    }
    found = wildcard(path, from, to);
    return found == null && folder ? wildcard(path, from, to - 1) : found;
  }

  private @Nullable Permission wildcard(String path, int from, int to) {
    Permission prefix = prefixes.longest(path, from, to);
    if (segments == null) {
      return prefix;
    }
    Permission segment = segments.find(path, from, to);
    if (prefix == null || segment == null) {
      return prefix == null ? segment : prefix;
    }
    return segment.rank() > prefix.rank() ? segment : prefix;
  }
}
