package coffer.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Writes that are done together or not at all, in their order. Used by one thread.
public final class Batch {
  /// One write.
  public sealed interface Write {
    String key();

    /// Sets the value of a key.
    record Put(String key, byte[] value) implements Write {
      @Override
      public String toString() {
        return "Put[" + key + "]";
      }
    }

    /// Removes a key, if it is there.
    record Delete(String key) implements Write {}

    /// Removes every key that begins with this one.
    record DeleteAll(String key) implements Write {}
  }

  private final List<Write> writes = new ArrayList<>();

  public Batch put(String key, byte[] value) {
    writes.add(new Write.Put(key, value));
    return this;
  }

  public Batch delete(String key) {
    writes.add(new Write.Delete(key));
    return this;
  }

  public Batch deleteAll(String prefix) {
    writes.add(new Write.DeleteAll(prefix));
    return this;
  }

  public boolean isEmpty() {
    return writes.isEmpty();
  }

  public List<Write> writes() {
    return Collections.unmodifiableList(writes);
  }
}
