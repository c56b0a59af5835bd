package coffer.seal;

import coffer.json.Fields;
import coffer.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// Into how many shares the seal's key is split, and how many of them are enough. One share of one
/// is the key itself.
record Sharing(int shares, int threshold) {
  private static final int MOST = 255;

  /// The only type of seal there is; its name is stored with the numbers.
  static final String TYPE = "shamir";

  /// The first thing that is wrong with the numbers in the peers' words; empty where nothing is.
  static String fault(long shares, long threshold) {
    if (shares < 1) {
      return "shares must be at least one";
    }
    if (threshold < 1) {
      return "threshold must be at least one";
    }
    if (shares > 1 && threshold == 1) {
      return "threshold must be greater than one for multiple shares";
    }
    if (shares > MOST) {
      return "shares must be less than 256";
    }
    if (threshold > MOST) {
      return "threshold must be less than 256";
    }
    return threshold > shares ? "threshold cannot be larger than shares" : "";
  }

  byte[] encode() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("type", TYPE);
    fields.put("secret_shares", shares);
    fields.put("secret_threshold", threshold);
    return Json.bytes(fields);
  }

  static Sharing decode(byte[] text) {
    Map<String, Object> map = Json.object(text);
    var fields = new Fields(map);
    return new Sharing(
        (int) fields.number("secret_shares"), (int) fields.number("secret_threshold"));
  }
}
