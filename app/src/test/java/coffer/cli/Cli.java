package coffer.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The command line in a test: with an environment, a home and a standard input of its own.
final class Cli {
  private final Map<String, String> environment = new HashMap<>();
  private String input = "";

  Cli(String address, Path home) {
    environment.put("VAULT_ADDR", address);
    environment.put("HOME", home.toString());
  }

  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Cli typing(String text) {
    input = text;
    return this;
  }

  /// What a run left behind.
  record Run(int code, String out, String err) {}

  Run run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    Console console = new Console(in, out, err, Terminal.NONE);
    int code = new Program(console, new Env(environment), new NoHost()).run(List.of(words));
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Says what it was asked to do.
  private static final class NoHost implements Host {
    @Override
    public int serve(List<String> configs, Map<String, String> flags, Consumer<String> keepToken) {
      if (flags.containsKey("dev")) {
        keepToken.accept(flags.getOrDefault("dev-root-token-id", ""));
      }
      throw Failure.usage("serve " + configs + " " + flags);
    }

    @Override
    public String layOutPolicy(String text) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("nothing to lay out");
      }
      return text.strip() + "\n";
    }

    @Override
    public SecureRandom random() {
      return new SecureRandom();
    }
  }
}
