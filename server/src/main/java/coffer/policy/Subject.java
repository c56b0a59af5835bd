package coffer.policy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Who is behind a token, as policies see it: what templates stand for, and which policies come on
/// top of the token's own. Immutable, but that it remembers what was compiled for it, so that this
/// goes when it goes. May be used by many threads.
public final class Subject {
  /// How many sets of policies are remembered: tokens of one entity have few.
  private static final int REMEMBERED = 4;

  /// The name by which a login method knows somebody.
  public record Alias(
      String id, String name, Map<String, String> metadata, Map<String, String> customMetadata) {}

  /// A group that somebody is in, if only because it holds another one.
  public record Group(String id, String name, Map<String, String> metadata) {}

  /// @param age of the policies that it was compiled from
  private record Compiled(long age, List<String> names, Acl acl) {}

  private final String id;
  private final String name;
  private final Map<String, String> metadata;
  private final Map<String, Alias> aliases;
  private final List<Group> groups;
  private final List<String> policies;
  private final AtomicReferenceArray<Compiled> compiled = new AtomicReferenceArray<>(REMEMBERED);

  /// @param aliases by the accessor of the method
  /// @param policies in order, each once
  public Subject(
      String id,
      String name,
      Map<String, String> metadata,
      Map<String, Alias> aliases,
      List<Group> groups,
      List<String> policies) {
    this.id = id;
    this.name = name;
    this.metadata = metadata;
    this.aliases = aliases;
    this.groups = groups;
    this.policies = policies;
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public Map<String, String> metadata() {
    return metadata;
  }

  public Map<String, Alias> aliases() {
    return aliases;
  }

  public List<Group> groups() {
    return groups;
  }

  public List<String> policies() {
    return policies;
  }

  /// What was compiled for tokens with these policies; null where nothing was yet, or from others.
  @Nullable Acl remembered(long age, List<String> names) {
    Compiled known = compiled.get(slot(names));
    return known != null && known.age == age && known.names.equals(names) ? known.acl : null;
  }

  void remember(long age, List<String> names, Acl acl) {
    compiled.set(slot(names), new Compiled(age, names, acl));
  }

  private static int slot(List<String> names) {
    return names.hashCode() & REMEMBERED - 1;
  }

  @Override
  public String toString() {
    return "Subject[" + id + "]";
  }
}
