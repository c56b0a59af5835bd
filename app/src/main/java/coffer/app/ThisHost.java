package coffer.app;

import coffer.boot.Server;
import coffer.cli.Host;
import coffer.engine.Refusal;
import coffer.hcl.Hcl;
import coffer.hcl.HclException;
import coffer.policy.Policy;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Does what the command line can't do by asking a server. The server's classes are only loaded
/// when one of these is called.
final class ThisHost implements Host {

  @Override
  public int serve(List<String> configs, Map<String, String> flags, Consumer<String> keepToken) {
    SecureRandom random = random();
    var outside = new Server.Outside(System.out, System.err, System.getenv(), keepToken);
    return new Server(outside, Engines.all(random), random).run(configs, flags);
  }

  @Override
  public String layOutPolicy(String text) {
    try {
      Policy.parse("policy", text);
      return Hcl.format(text);
    } catch (HclException | Refusal e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public SecureRandom random() {
    return new SecureRandom();
  }
}
