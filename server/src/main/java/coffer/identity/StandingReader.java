package coffer.identity;

import coffer.policy.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Puts together what counts of one entity: its own policies and those of the groups that it is in,
/// and of the groups that these are in. Used once.
final class StandingReader {
  /// Where groups come from.
  @FunctionalInterface
  interface Nodes {
    @Nullable GroupNode find(String id);
  }

  private final Shelf shelf;
  private final Nodes nodes;
  private final Map<String, Subject.Group> groups = new LinkedHashMap<>();
  private final Set<String> policies = new TreeSet<>();
  private final Map<String, Set<String>> external = new HashMap<>();

  StandingReader(Shelf shelf, Nodes nodes) {
    this.shelf = shelf;
    this.nodes = nodes;
  }

  Standing read(String id, long epoch) {
    Entity entity = Entities.get(shelf, id);
    if (entity == null) {
      String into = Entities.mergedInto(shelf, id);
      return into == null ? Standing.gone(epoch) : Standing.merged(into, epoch);
    }
    policies.addAll(entity.policies());
    List<String> direct = Groups.of(shelf, entity.id());
    for (String group : direct) {
      GroupNode node = nodes.find(group);
      if (node != null && !node.accessor().isEmpty()) {
        external.computeIfAbsent(node.accessor(), accessor -> new HashSet<>()).add(group);
      }
    }
    climb(direct);
    var subject =
        new Subject(
            entity.id(),
            entity.name(),
            entity.metadata(),
            aliases(entity),
            List.copyOf(groups.values()),
            List.copyOf(policies));
    return new Standing(entity.disabled(), "", subject, external, epoch);
  }

  private void climb(List<String> direct) {
    List<String> level = direct;
    while (!level.isEmpty()) {
      var above = new ArrayList<String>();
      for (String id : level) {
        GroupNode node = groups.containsKey(id) ? null : nodes.find(id);
        if (node != null) {
          groups.put(id, node.group());
          policies.addAll(node.policies());
          above.addAll(node.parents());
        }
      }
      level = above;
    }
  }

  private static Map<String, Subject.Alias> aliases(Entity entity) {
    Map<String, Subject.Alias> aliases = new HashMap<>();
    for (Alias alias : entity.aliases()) {
      aliases.putIfAbsent(
          alias.accessor(),
          new Subject.Alias(alias.id(), alias.name(), alias.metadata(), alias.customMetadata()));
    }
    return Map.copyOf(aliases);
  }
}
