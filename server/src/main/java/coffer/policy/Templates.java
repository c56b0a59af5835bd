package coffer.policy;

import coffer.engine.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `{{…}}` in the path of a rule, which stand for something of the caller's identity:
///
/// ```
/// identity.entity.id, .name, .metadata.KEY
/// identity.entity.aliases.ACCESSOR.id, .name, .metadata.KEY, .custom_metadata.KEY
/// identity.groups.ids.ID.id, .name, .metadata.KEY
/// identity.groups.names.NAME.id, .name, .metadata.KEY
/// ```
final class Templates {
  private static final String ENTITY = "identity.entity.";
  private static final String ALIASES = "aliases.";
  private static final String IDS = "identity.groups.ids.";
  private static final String NAMES = "identity.groups.names.";
  private static final String METADATA = "metadata.";
  private static final String CUSTOM_METADATA = "custom_metadata.";

  private Templates() {}

  /// Whether there are any; refuses braces that don't pair up.
  static boolean used(String path) {
    boolean used = false;
    int from = 0;
    while (true) {
      int open = path.indexOf("{{", from);
      int close = path.indexOf("}}", from);
      if (open < 0 && close < 0) {
        return used;
      }
      int next = open < 0 ? -1 : path.indexOf("{{", open + 2);
      if (open < 0 || close < open || (next >= 0 && next < close)) {
        throw new IllegalArgumentException(
            "failed to validate policy templating: unbalanced templating characters");
      }
      used = true;
      from = close + 2;
    }
  }

  /// A path with everything filled in; null where the subject hasn't got what one stands for, so
  /// that the rule is not for them. A value that would mean more than itself in a path is refused,
  /// and with it whatever is asked: left out, the rule might be one that denies.
  static @Nullable String filled(String path, Subject subject, Policy.Filling filling) {
    var out = new StringBuilder();
    int from = 0;
    for (int open = path.indexOf("{{"); open >= 0; open = path.indexOf("{{", from)) {
      int close = path.indexOf("}}", open);
      String value = value(path.substring(open + 2, close).strip(), subject);
      if (value == null) {
        return null;
      }
      if (!filling.allows(value)) {
        throw forbidden();
      }
      out.append(path, from, open).append(value);
      from = close + 2;
    }
    String filled = out.append(path, from, path.length()).toString();
    if (filled.chars().filter(c -> c == '/').count() >= RuleParser.MAX_SEGMENTS) {
      throw forbidden();
    }
    return filled;
  }

  private static Refusal forbidden() {
    return Refusal.bad("Forbidden");
  }

  private static @Nullable String value(String name, Subject subject) {
    if (name.startsWith(ENTITY)) {
      return ofEntity(name.substring(ENTITY.length()), subject);
    }
    if (name.startsWith(IDS)) {
      return ofGroup(name.substring(IDS.length()), subject, true);
    }
    return name.startsWith(NAMES) ? ofGroup(name.substring(NAMES.length()), subject, false) : null;
  }

  private static @Nullable String ofEntity(String name, Subject subject) {
    if (name.startsWith(ALIASES)) {
      String[] parts = name.substring(ALIASES.length()).split("\\.", 2);
      Subject.Alias alias = subject.aliases().get(parts[0]);
      return alias == null || parts.length < 2 ? null : ofAlias(parts[1], alias);
    }
    return field(name, subject.id(), subject.name(), subject.metadata());
  }

  private static @Nullable String ofAlias(String name, Subject.Alias alias) {
    return name.startsWith(CUSTOM_METADATA)
        ? alias.customMetadata().get(name.substring(CUSTOM_METADATA.length()))
        : field(name, alias.id(), alias.name(), alias.metadata());
  }

  private static @Nullable String ofGroup(String name, Subject subject, boolean byId) {
    String[] parts = name.split("\\.", 2);
    if (parts.length < 2) {
      return null;
    }
    for (Subject.Group group : subject.groups()) {
      if ((byId ? group.id() : group.name()).equals(parts[0])) {
        return field(parts[1], group.id(), group.name(), group.metadata());
      }
    }
    return null;
  }

  private static @Nullable String field(
      String name, String id, String ownName, Map<String, String> metadata) {
    return switch (name) {
      case "id" -> id;
      case "name" -> ownName;
      default -> name.startsWith(METADATA) ? metadata.get(name.substring(METADATA.length())) : null;
    };
  }
}
