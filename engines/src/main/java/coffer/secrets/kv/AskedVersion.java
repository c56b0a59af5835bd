package coffer.secrets.kv;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The version of a secret that a reader asked for.
record AskedVersion(String path, Secret secret, long number, SecretVersion version) {
  static final Param<Long> VERSION =
      Param.field("version", Kind.INTEGER, "Which version; 0 for the current one.", 0L);

  /// Refuses as absent what was never there or was pruned.
  static AskedVersion of(Call call) {
    String path = call.get(SecretPath.PATH);
    Secret secret = SecretStore.of(call).find(path);
    if (secret == null) {
      throw Refusal.absent();
    }
    long asked = call.get(VERSION);
    long number = asked > 0 ? asked : secret.current();
    SecretVersion version = secret.version(number);
    if (version == null) {
      throw Refusal.absent();
    }
    return new AskedVersion(path, secret, number, version);
  }

  /// What is known of the version along with its data, in some shape and under some name; a 404
  /// that says the rest where the data is gone.
  Reply answer(
      Call call, String name, Function<@Nullable Map<String, Object>, @Nullable Object> shape) {
    boolean gone = version.isGone(call.now());
    var answer = new LinkedHashMap<String, @Nullable Object>();
    answer.put(name, gone ? null : shape.apply(SecretStore.of(call).data(path, secret, number)));
    answer.put("metadata", secret.about(number, version));
    return gone ? new Reply.Missing(answer) : new Reply.Data(answer);
  }
}
