package coffer.secrets.kv;

import coffer.engine.Call;
import coffer.engine.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The storage of a mount in terms of secrets and versions.
record SecretStore(Store store) {
  /// What the keys of secrets begin with.
  static final String SECRETS = "secret/";

  private static final String CONFIG = "config";

  static SecretStore of(Call call) {
    return new SecretStore(call.storage());
  }

  static String key(String path) {
    return SECRETS + path;
  }

  private static String key(String path, long version) {
    return "version/" + version + "/" + path;
  }

  Settings mountSettings() {
    return store.get(CONFIG).map(Settings::stored).orElse(Settings.NONE);
  }

  void put(Settings ofMount) {
    var form = new LinkedHashMap<String, Object>();
    ofMount.store(form);
    store.put(CONFIG, form);
  }

  /// The secret at a path, or null.
  @Nullable Secret find(String path) {
    return store.get(key(path)).map(SecretForm::read).orElse(null);
  }

  boolean has(String path) {
    return store.get(key(path)).isPresent();
  }

  void put(String path, Secret secret) {
    store.put(key(path), SecretForm.of(secret));
  }

  /// The data of one version, which is kept.
  @Nullable Map<String, Object> data(String path, Secret secret, long number) {
    return number == secret.current() ? secret.data() : store.get(key(path, number)).orElse(null);
  }

  /// Puts a secret with a new version in the place of what it was. The data of the version that was
  /// current moves to an entry of its own, if it is kept at all.
  void put(String path, Secret old, Secret secret) {
    put(path, secret);
    Map<String, Object> data = old.data();
    if (data != null && secret.version(old.current()) != null) {
      store.put(key(path, old.current()), data);
    }
    for (long number = old.first(); number < secret.first(); number++) {
      deleteData(path, old, number);
    }
  }

  /// Removes the data of an older version, if there is any.
  void deleteData(String path, Secret secret, long number) {
    SecretVersion version = secret.version(number);
    if (number != secret.current() && version != null && !version.destroyed()) {
      store.delete(key(path, number));
    }
  }

  /// Removes a secret with all that belongs to it.
  void delete(String path, Secret secret) {
    store.delete(key(path));
    for (long number = secret.first(); number < secret.current(); number++) {
      deleteData(path, secret, number);
    }
  }
}
