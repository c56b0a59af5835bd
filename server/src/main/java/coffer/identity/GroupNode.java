package coffer.identity;

import coffer.policy.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group as it counts for those in it. Immutable.
///
/// @param accessor of the method whose group it stands for; empty for none
/// @param parents the ids of the groups that it is in
record GroupNode(
    Subject.Group group, List<String> policies, String accessor, List<String> parents) {

  static @Nullable GroupNode read(Shelf shelf, String id) {
    Group group = Groups.get(shelf, id);
    if (group == null) {
      return null;
    }
    Alias alias = group.alias();
    return new GroupNode(
        new Subject.Group(id, group.name(), group.metadata()),
        group.policies(),
        alias == null ? "" : alias.accessor(),
        Groups.parents(shelf, id));
  }
}
