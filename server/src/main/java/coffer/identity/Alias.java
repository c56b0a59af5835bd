package coffer.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The name by which a login method knows an entity, or a group of the outside. Immutable.
///
/// @param canonical the id of the entity or group
/// @param accessor of the method's mount
/// @param metadata as the method gave it at the last login
/// @param customMetadata as somebody wrote it here
/// @param mergedFrom the ids of entities that it belonged to before they were merged
record Alias(
    String id,
    String canonical,
    String accessor,
    String name,
    Map<String, String> metadata,
    Map<String, String> customMetadata,
    List<String> mergedFrom,
    Instant created,
    Instant updated) {

  /// A new one that nothing more is known of.
  static Alias of(String id, String canonical, String accessor, String name, Instant now) {
    return new Alias(id, canonical, accessor, name, Map.of(), Map.of(), List.of(), now, now);
  }

  boolean isNamed(String otherAccessor, String otherName) {
    return accessor.equals(otherAccessor) && Names.same(name, otherName);
  }

  Alias named(String newAccessor, String newName, Instant now) {
    return new Alias(
        id, canonical, newAccessor, newName, metadata, customMetadata, mergedFrom, created, now);
  }

  Alias of(String newCanonical) {
    return new Alias(
        id, newCanonical, accessor, name, metadata, customMetadata, mergedFrom, created, updated);
  }

  Alias updated(Instant now) {
    return withMetadata(metadata, now);
  }

  Alias withMetadata(Map<String, String> given, Instant now) {
    return new Alias(
        id, canonical, accessor, name, given, customMetadata, mergedFrom, created, now);
  }

  Alias withCustomMetadata(Map<String, String> given, Instant now) {
    return new Alias(id, canonical, accessor, name, metadata, given, mergedFrom, created, now);
  }

  /// The same, taken over by another entity.
  Alias mergedInto(String newCanonical) {
    var before = new ArrayList<>(mergedFrom);
    before.add(canonical);
    return new Alias(
        id,
        newCanonical,
        accessor,
        name,
        metadata,
        customMetadata,
        List.copyOf(before),
        created,
        updated);
  }
}
