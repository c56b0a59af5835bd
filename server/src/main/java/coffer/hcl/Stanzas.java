package coffer.hcl;

import java.util.List;

/// Reads labelled blocks: `key "label" {}`, `key = {label = {}}`, and lists of either.
final class Stanzas {
  private Stanzas() {}

  static void collect(Item item, String sort, List<Stanza> found) {
    switch (item.keys().size()) {
      case 1 -> unlabelled(item, item.value(), sort, found);
      case 2 -> labelled(item.keys().getLast(), item.value(), found);
      default ->
          throw new HclException(item.keys().get(2).at(), item.key().name() + " takes one " + sort);
    }
  }

  private static void unlabelled(Item item, Value value, String sort, List<Stanza> found) {
    switch (value) {
      case Value.Many many -> many.values().forEach(v -> unlabelled(item, v, sort, found));
      case Value.Body body when holdsBlocks(item, body) ->
          body.items().forEach(inner -> labelled(inner.key(), inner.value(), found));
      case Value other -> throw new HclException(item.at(), item.key().name() + " needs a " + sort);
    }
  }

  /// An empty `path {}` has lost its label, but an empty JSON object just has no blocks.
  private static boolean holdsBlocks(Item item, Value.Body body) {
    return (item.assigned() || !body.items().isEmpty())
        && body.items().stream().allMatch(Stanzas::isBlock);
  }

  private static boolean isBlock(Item item) {
    return item.keys().size() == 1
        && switch (item.value()) {
          case Value.Body body -> true;
          case Value.Many many -> many.values().stream().allMatch(Value.Body.class::isInstance);
          case Value other -> false;
        };
  }

  private static void labelled(Key label, Value value, List<Stanza> found) {
    switch (value) {
      case Value.Many many -> many.values().forEach(v -> found.add(new Stanza(label, v.body())));
      case Value other -> found.add(new Stanza(label, other.body()));
    }
  }
}
