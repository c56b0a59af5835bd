package coffer.barrier;

import coffer.json.Fields;
import coffer.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The keys of all terms, under which values were ever sealed, and the root key that seals the
/// keyring itself. Immutable but for being wiped.
///
/// @param terms in their order, from term 1; the last one seals new values
record Keyring(AesKey root, List<Term> terms, Rotation rotation) {
  /// So that the keyring stays small: one a day for more than two hundred years.
  static final int MAX_TERMS = 100_000;

  /// One key and since when it is used.
  ///
  /// @param encryptions values that were sealed under it, as last written down
  record Term(int number, AesKey key, Instant installed, long encryptions) {}

  Term active() {
    return terms.getLast();
  }

  boolean has(int term) {
    return term >= 1 && term <= terms.size();
  }

  AesKey key(int term) {
    return terms.get(term - 1).key();
  }

  Keyring with(AesKey newRoot) {
    return new Keyring(newRoot, terms, rotation);
  }

  Keyring with(Rotation newRotation) {
    return new Keyring(root, terms, newRotation);
  }

  /// The same, knowing how much the active key was used.
  Keyring counted(long encryptions) {
    var changed = new ArrayList<>(terms);
    Term last = active();
    changed.set(
        changed.size() - 1, new Term(last.number(), last.key(), last.installed(), encryptions));
    return new Keyring(root, List.copyOf(changed), rotation);
  }

  /// The same with one key more, which seals from now on.
  Keyring grown(AesKey key, Instant now) {
    var changed = new ArrayList<>(terms);
    changed.add(new Term(terms.size() + 1, key, now, 0));
    return new Keyring(root, List.copyOf(changed), rotation);
  }

  void wipe() {
    root.destroy();
    terms.forEach(term -> term.key().destroy());
  }

  /// All but the root key, in the clear.
  byte[] encode() {
    List<Map<String, ?>> keys = terms.stream().<Map<String, ?>>map(Keyring::encode).toList();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("keys", keys);
    fields.put("rotation_enabled", rotation.enabled());
    fields.put("rotation_max_operations", rotation.maxOperations());
    fields.put("rotation_interval", rotation.interval());
    return Json.bytes(fields);
  }

  private static Map<String, ?> encode(Term term) {
    byte[] bytes = term.key().getEncoded();
    String value = Base64.getEncoder().encodeToString(bytes);
    Arrays.fill(bytes, (byte) 0);
    return Map.of(
        "value",
        value,
        "installed",
        Fields.nanos(term.installed()),
        "encryptions",
        term.encryptions());
  }

  static Keyring decode(AesKey root, byte[] text) {
    var fields = new Fields(Json.object(text));
    var terms = new ArrayList<Term>();
    for (Object key : (List<?>) fields.map().getOrDefault("keys", List.of())) {
      @SuppressWarnings("unchecked") // encode() writes nothing else
      var one = new Fields((Map<String, Object>) key);
      byte[] bytes = Base64.getDecoder().decode(one.text("value"));
      terms.add(
          new Term(
              terms.size() + 1,
              new AesKey(bytes),
              one.instant("installed"),
              one.number("encryptions")));
      Arrays.fill(bytes, (byte) 0);
    }
    var rotation =
        new Rotation(
            fields.flag("rotation_enabled"),
            fields.number("rotation_max_operations"),
            fields.seconds("rotation_interval"));
    return new Keyring(root, List.copyOf(terms), rotation);
  }
}
