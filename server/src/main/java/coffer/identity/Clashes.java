package coffer.identity;

import coffer.engine.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What stands in the way of merging entities: an entity has one alias at a login method, so of two
/// somebody must say which one stays.
///
/// @param into the entity that stays
/// @param from those that become part of it
record Clashes(Entity into, List<Entity> from) {
  private record Clash(Entity from, Alias ours, Alias theirs) {}

  /// The aliases that go.
  ///
  /// @param keep the ids of those that stay
  List<Alias> lost(List<String> keep) {
    checkAmongThemselves();
    List<Clash> clashes = clashes();
    if (!clashes.isEmpty() && keep.isEmpty()) {
      throw unresolved(clashes);
    }
    var lost = new ArrayList<Alias>();
    for (Clash clash : clashes) {
      boolean keepOurs = keep.contains(clash.ours.id());
      boolean keepTheirs = keep.contains(clash.theirs.id());
      if (!keepOurs && !keepTheirs) {
        throw Refusal.bad(
            "conflicting mount accessors in following alias IDs and neither were present in"
                + " conflicting_alias_ids_to_keep: "
                + clash.theirs.id()
                + ", "
                + clash.ours.id());
      }
      if (!keepOurs) {
        lost.add(clash.ours);
      }
      if (!keepTheirs) {
        lost.add(clash.theirs);
      }
    }
    return lost;
  }

  private void checkAmongThemselves() {
    Set<String> seen = new HashSet<>();
    for (Entity one : from) {
      Set<String> accessors = new HashSet<>();
      one.aliases().forEach(alias -> accessors.add(alias.accessor()));
      for (String accessor : accessors) {
        if (!seen.add(accessor)) {
          throw Refusal.bad(
              "mount accessor "
                  + accessor
                  + " found in multiple fromEntities, merge should be done with one fromEntity at a"
                  + " time");
        }
      }
    }
  }

  private List<Clash> clashes() {
    var clashes = new ArrayList<Clash>();
    for (Entity one : from) {
      for (Alias theirs : one.aliases()) {
        for (Alias ours : into.aliases()) {
          if (ours.accessor().equals(theirs.accessor())) {
            clashes.add(new Clash(one, ours, theirs));
          }
        }
      }
    }
    return clashes;
  }

  private Refusal unresolved(List<Clash> clashes) {
    List<String> errors = new ArrayList<>();
    errors.add(
        "toEntity and at least one fromEntity have aliases with the same mount accessor, repeat the"
            + " merge request specifying exactly one fromEntity, clashes: ");
    for (Clash clash : clashes) {
      errors.add(
          "mountAccessor: %s, toEntity ID: %s, fromEntity ID: %s, conflicting toEntity alias ID: %s, conflicting fromEntity alias ID: %s"
              .formatted(
                  clash.ours.accessor(),
                  into.id(),
                  clash.from.id(),
                  clash.ours.id(),
                  clash.theirs.id()));
    }
    return Refusal.bad(Errors.listed(errors));
  }
}
