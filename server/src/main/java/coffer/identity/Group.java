package coffer.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A set of entities and other groups that have policies in common. Who is in it is kept beside it,
/// one key a member, so that it may be large. Immutable.
///
/// @param external whether logins decide who is in it, by the group that its alias names
/// @param alias only of an external one; null for none
/// @param policies in order, each once
/// @param index how often it was written
record Group(
    String id,
    String name,
    boolean external,
    Map<String, String> metadata,
    List<String> policies,
    @Nullable Alias alias,
    long index,
    Instant created,
    Instant updated) {

  static Group of(String id, String name, boolean external, Instant now) {
    return new Group(id, name, external, Map.of(), List.of(), null, 0, now, now);
  }

  String type() {
    return external ? "external" : "internal";
  }

  Group named(String newName) {
    return new Group(id, newName, external, metadata, policies, alias, index, created, updated);
  }

  Group with(Map<String, String> newMetadata, List<String> newPolicies) {
    return new Group(id, name, external, newMetadata, newPolicies, alias, index, created, updated);
  }

  Group with(@Nullable Alias newAlias) {
    return new Group(id, name, external, metadata, policies, newAlias, index, created, updated);
  }

  Group written(Instant now) {
    return new Group(id, name, external, metadata, policies, alias, index + 1, created, now);
  }
}
