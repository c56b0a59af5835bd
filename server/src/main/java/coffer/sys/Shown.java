package coffer.sys;

import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.json.Json;
import coffer.seal.NewShares;
import coffer.seal.Seal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How shares of keys come in and go out, and answers without the usual envelope.
final class Shown {
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;

  private Shown() {}

  static Reply raw(Map<String, ? extends @Nullable Object> fields) {
    return raw(OK, fields);
  }

  static Reply raw(int status, Map<String, ? extends @Nullable Object> fields) {
    return status == NO_CONTENT
        ? new Reply.Raw(status, "", new byte[0])
        : new Reply.Raw(status, "application/json", Json.bytes(fields));
  }

  /// Puts the shares into an answer in both forms.
  static void put(Map<String, ? super List<String>> into, NewShares shares) {
    List<String> hex = new ArrayList<>();
    List<String> base64 = new ArrayList<>();
    for (byte[] share : shares.shares()) {
      hex.add(HexFormat.of().formatHex(share));
      base64.add(Base64.getEncoder().encodeToString(share));
    }
    into.put("keys", hex);
    into.put("keys_base64", base64);
  }

  /// Reads a share: hexadecimal, else base64. What is both is taken for base64 where its length as
  /// hexadecimal would be wrong.
  static byte[] share(String text) {
    if (text.length() >= 2 * Seal.MIN_SHARE && text.length() <= 2 * Seal.MAX_SHARE) {
      try {
        return HexFormat.of().parseHex(text);
      } catch (IllegalArgumentException e) {
        return base64(text);
      }
    }
    return base64(text);
  }

  private static byte[] base64(String text) {
    try {
      if (text.length() % 4 == 0) {
        return Base64.getDecoder().decode(text);
      }
    } catch (IllegalArgumentException e) {
      throw badShare();
    }
    throw badShare();
  }

  private static Refusal badShare() {
    return Refusal.bad("'key' must be a valid hex or base64 string");
  }

  /// Refuses what would have to be encrypted for somebody.
  static void refusePgp(boolean asked) {
    if (asked) {
      throw Refusal.bad("PGP keys are not supported");
    }
  }
}
