package coffer.audit;

import coffer.config.AuditConfig;
import coffer.json.Fields;
import coffer.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// One row of the table of audit devices, as it is stored.
///
/// @param config its path ends in `/`
/// @param salt the key of the hashes in its lines: a secret
/// @param declared whether it comes from the server's configuration, and so can't be disabled
record AuditEntry(AuditConfig config, String salt, boolean declared) {
  String path() {
    return config.path();
  }

  byte[] bytes() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("type", config.type());
    fields.put("description", config.description());
    fields.put("local", config.local());
    fields.put("options", config.options());
    fields.put("salt", salt);
    fields.put("declared", declared);
    return Json.bytes(fields);
  }

  static AuditEntry read(String path, byte[] bytes) {
    var fields = new Fields(Json.object(bytes));
    Map<String, String> options = fields.pairs("options");
    var config =
        new AuditConfig(
            fields.text("type"),
            path,
            fields.text("description"),
            fields.flag("local"),
            Map.copyOf(options));
    return new AuditEntry(config, fields.text("salt"), fields.flag("declared"));
  }

  /// Nothing of its salt and options.
  @Override
  public String toString() {
    return "AuditEntry[" + config.type() + " " + path() + "]";
  }
}
