package coffer.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One person or machine, by whatever method it comes in. Immutable.
///
/// @param policies in order, each once
/// @param disabled whether its tokens are refused, and logins of it
/// @param merged the ids of entities that became this one: their tokens are its tokens
record Entity(
    String id,
    String name,
    Map<String, String> metadata,
    List<String> policies,
    boolean disabled,
    List<Alias> aliases,
    List<String> merged,
    Instant created,
    Instant updated) {

  static Entity of(String id, String name, Instant now) {
    return new Entity(id, name, Map.of(), List.of(), false, List.of(), List.of(), now, now);
  }

  @Nullable Alias alias(String aliasId) {
    return first(aliases.stream().filter(alias -> alias.id().equals(aliasId)));
  }

  /// The alias at a method; of several after a merge the first.
  @Nullable Alias aliasAt(String accessor) {
    return first(aliases.stream().filter(alias -> alias.accessor().equals(accessor)));
  }

  private static @Nullable Alias first(Stream<Alias> found) {
    return found.findFirst().orElse(null);
  }

  Entity named(String newName) {
    return new Entity(id, newName, metadata, policies, disabled, aliases, merged, created, updated);
  }

  Entity with(Map<String, String> newMetadata, List<String> newPolicies, boolean nowDisabled) {
    return new Entity(
        id, name, newMetadata, newPolicies, nowDisabled, aliases, merged, created, updated);
  }

  Entity updated(Instant now) {
    return new Entity(id, name, metadata, policies, disabled, aliases, merged, created, now);
  }

  /// With an alias, in the place of the one of the same id if there is one.
  Entity with(Alias alias) {
    boolean there = alias(alias.id()) != null;
    Stream<Alias> all = aliases.stream().map(one -> one.id().equals(alias.id()) ? alias : one);
    return withAliases((there ? all : Stream.concat(all, Stream.of(alias))).toList());
  }

  Entity without(Alias alias) {
    return withAliases(aliases.stream().filter(one -> !one.id().equals(alias.id())).toList());
  }

  Entity withAliases(List<Alias> all) {
    return new Entity(id, name, metadata, policies, disabled, all, merged, created, updated);
  }

  Entity withMerged(List<String> ids) {
    return new Entity(id, name, metadata, policies, disabled, aliases, ids, created, updated);
  }
}
