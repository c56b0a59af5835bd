package coffer.hcl;

import java.util.List;

/// One `key = value`, or one block with its labels: `key "label" { … }`.
///
/// @param keys at least one; more than one only before a block
/// @param assigned whether there was a `=` (in JSON, a `:`)
public record Item(List<Key> keys, boolean assigned, Value value) {
  public Item {
    keys = List.copyOf(keys);
  }

  public Key key() {
    return keys.getFirst();
  }

  public Position at() {
    return key().at();
  }
}
