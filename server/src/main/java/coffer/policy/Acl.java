package coffer.policy;

import coffer.engine.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A set of policies compiled for answering: what may be done at a path. Immutable; a look-up
/// allocates nothing and takes one pass over the path, however many rules there are, as long as
/// none has a `+`. The rules without templates are shared by all who have the same policies; those
/// with templates are filled in for one subject and looked up beside them.
///
/// Of the rules that fit a path one decides: the equal one; else, in this order, the one whose
/// first wildcard comes latest, that doesn't end in `*`, has fewer `+`, is longer. A list of `a/`
/// that no equal rule decides falls back to the equal rule for `a`, and without any rule for `a/`
/// to those with wildcards that fit `a`. Namespaces: a rule of a policy counts below the path of
/// its namespace, and paths are judged with that path before them.
public final class Acl {
  private final List<String> names;
  private final @Nullable Verdict root;
  private final String rootNamespace;
  private final Tables shared;
  private final @Nullable Tables own;
  private final Optional<Instant> validUntil;

  private Acl(
      List<String> names,
      Optional<String> rootNamespace,
      Tables shared,
      @Nullable Tables own,
      Optional<Instant> validUntil) {
    this.names = names;
    this.root = rootNamespace.map(Verdict::root).orElse(null);
    this.rootNamespace = rootNamespace.orElse("");
    this.shared = shared;
    this.own = own;
    this.validUntil = validUntil;
  }

  static Acl root(List<String> names, String namespace) {
    var nothing = new Tables(Map.of(), Map.of(), List.of());
    return new Acl(names, Optional.of(namespace), nothing, null, Optional.empty());
  }

  static Acl of(List<String> names, Tables tables, Optional<Instant> validUntil) {
    return new Acl(names, Optional.empty(), tables, null, validUntil);
  }

  /// Compiles policies for nobody in particular: rules with templates are left out, and those that
  /// have expired by now.
  public static Acl compile(List<Policy> policies, Instant now) {
    return new AclCompiler(now).compile(policies.stream().map(Policy::name).toList(), policies);
  }

  /// The same with further rules, whose paths none of its own has.
  Acl with(Acl further) {
    Optional<Instant> until =
        Stream.of(validUntil, further.validUntil).flatMap(Optional::stream).min(Instant::compareTo);
    return new Acl(names, Optional.empty(), shared, further.shared, until);
  }

  /// The names of the policies that it was asked for.
  public List<String> names() {
    return names;
  }

  /// When the next rule expires, after which the policies must be compiled again.
  public Optional<Instant> validUntil() {
    return validUntil;
  }

  /// Whether it is that of the policy `root`.
  public boolean isRoot() {
    return root != null;
  }

  /// Whether a rule has this path.
  boolean has(String rule) {
    return permissions().anyMatch(permission -> permission.rule().equals(rule));
  }

  private Stream<Permission> permissions() {
    return own == null
        ? shared.permissions().stream()
        : Stream.concat(shared.permissions().stream(), own.permissions().stream());
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
        || permissions().anyMatch(one -> one.grantsAnything() && Reach.below(one.rule(), mount));
  }

  /// All rules in the form that user interfaces ask for: by path, the capabilities; those that end
  /// in `*` apart from the others.
  public Map<String, Object> shown() {
    Map<String, Object> exactly = new TreeMap<>();
    Map<String, Object> globs = new TreeMap<>();
    permissions()
        .forEach(
            permission -> {
              String rule = permission.rule();
              Map<String, Object> shown = Map.of("capabilities", permission.names());
              if (rule.endsWith("*")) {
                globs.put(rule.substring(0, rule.length() - 1), shown);
              } else {
                exactly.put(rule, shown);
              }
            });
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
    Permission found = exact(path, from, to);
    if (found != null) {
      return found;
    }
    boolean folder = lists && to > from && path.charAt(to - 1) == '/';
    if (folder) {
      found = exact(path, from, to - 1);
      if (found != null) {
        return found;
      }
    }
    found = wildcard(path, from, to);
    return found == null && folder ? wildcard(path, from, to - 1) : found;
  }

  private @Nullable Permission exact(String path, int from, int to) {
    int hash = PathTable.hash(path, from, to);
    Permission found = shared.exact(path, from, to, hash);
    return found == null && own != null ? own.exact(path, from, to, hash) : found;
  }

  private @Nullable Permission wildcard(String path, int from, int to) {
    Permission found = shared.wildcard(path, from, to);
    return own == null ? found : Permission.moreSpecific(found, own.wildcard(path, from, to));
  }
}
