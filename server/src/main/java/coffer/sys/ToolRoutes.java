package coffer.sys;

import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// `sys/tools`: random bytes and hashes.
public final class ToolRoutes {
  private static final int MAX_BYTES = 128 * 1024;

  private static final Param<Long> BYTES =
      Param.field("bytes", Kind.INTEGER, "How many bytes.", 32L);
  private static final Param<String> BYTES_IN_PATH = Param.path("bytes", "How many bytes.");
  private static final Param<String> SOURCE_IN_PATH =
      Param.path("source", "Where from: platform, seal or all.");
  private static final Param<String> FORMAT =
      Param.field("format", Kind.STRING, "base64 or hex.", "");
  private static final Param<String> INPUT = Param.string("input", "What to hash, in base64.");
  private static final Param<String> ALGORITHM =
      Param.field("algorithm", Kind.STRING, "sha2-256 and the like.", "sha2-256");
  private static final Param<String> ALGORITHM_IN_PATH =
      Param.path("urlalgorithm", "sha2-256 and the like.");

  private final SecureRandom random;

  public ToolRoutes(SecureRandom random) {
    this.random = random;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(UPDATE, "tools/random", "Make random bytes.", this::random, BYTES, FORMAT),
        Route.of(
            UPDATE,
            "tools/random/{bytes}",
            "Make random bytes.",
            this::randomOfPath,
            BYTES_IN_PATH,
            FORMAT),
        Route.of(
            UPDATE,
            "tools/random/{source}/{bytes}",
            "Make random bytes.",
            this::randomOfSource,
            SOURCE_IN_PATH,
            BYTES_IN_PATH,
            FORMAT),
        Route.of(UPDATE, "tools/hash", "Hash something.", this::hash, INPUT, ALGORITHM, FORMAT),
        Route.of(
            UPDATE,
            "tools/hash/{urlalgorithm}",
            "Hash something.",
            this::hashOfPath,
            INPUT,
            ALGORITHM_IN_PATH,
            FORMAT));
  }

  private Reply random(Call call) {
    return random(call, call.get(BYTES));
  }

  private Reply randomOfPath(Call call) {
    String given = call.get(BYTES_IN_PATH);
    return switch (given) {
      case "platform", "seal", "all" -> random(call, 32);
      default -> random(call, count(given));
    };
  }

  private Reply randomOfSource(Call call) {
    String source = call.get(SOURCE_IN_PATH);
    if (!List.of("platform", "seal", "all").contains(source)) {
      throw Refusal.bad(
          "unsupported entropy source \""
              + source
              + "\"; must be \"platform\" or \"seal\", or \"all\"");
    }
    return random(call, count(call.get(BYTES_IN_PATH)));
  }

  private static long count(String text) {
    if (!text.matches("-?[0-9]{1,9}")) {
      throw Refusal.bad(
          "error parsing url-set byte count: strconv.Atoi: parsing \""
              + text
              + "\": invalid syntax");
    }
    return Long.parseLong(text);
  }

  private Reply random(Call call, long count) {
    if (count < 1) {
      throw Refusal.bad("\"bytes\" cannot be less than 1");
    }
    if (count > MAX_BYTES) {
      throw Refusal.bad("\"bytes\" should be less than " + MAX_BYTES);
    }
    byte[] bytes = new byte[(int) count];
    random.nextBytes(bytes);
    return new Reply.Data(Map.of("random_bytes", text(bytes, format(call, "base64"))));
  }

  private static String format(Call call, String standard) {
    String format = call.get(FORMAT).isEmpty() ? standard : call.get(FORMAT);
    if (!format.equals("base64") && !format.equals("hex")) {
      throw Refusal.bad(
          "unsupported encoding format \"" + format + "\"; must be \"hex\" or \"base64\"");
    }
    return format;
  }

  private static String text(byte[] bytes, String format) {
    return format.equals("hex")
        ? HexFormat.of().formatHex(bytes)
        : Base64.getEncoder().encodeToString(bytes);
  }

  private Reply hash(Call call) {
    return hash(call, call.get(ALGORITHM));
  }

  private Reply hashOfPath(Call call) {
    return hash(call, call.get(ALGORITHM_IN_PATH));
  }

  private Reply hash(Call call, String algorithm) {
    if (!call.has(INPUT)) {
      throw Refusal.bad("missing input");
    }
    byte[] input;
    try {
      input = Base64.getDecoder().decode(call.get(INPUT));
    } catch (IllegalArgumentException e) {
      throw Refusal.bad("unable to decode input as base64: " + e.getMessage());
    }
    String format = format(call, "hex");
    return new Reply.Data(Map.of("sum", text(digest(algorithm).digest(input), format)));
  }

  private static MessageDigest digest(String algorithm) {
    String name =
        switch (algorithm) {
          case "", "sha2-256" -> "SHA-256";
          case "sha2-224" -> "SHA-224";
          case "sha2-384" -> "SHA-384";
          case "sha2-512" -> "SHA-512";
          case "sha3-224", "sha3-256", "sha3-384", "sha3-512" -> "SHA3-" + algorithm.substring(5);
          default -> throw Refusal.bad("unsupported algorithm " + algorithm);
        };
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
