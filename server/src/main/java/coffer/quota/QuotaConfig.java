package coffer.quota;

import java.util.List;

/// What holds for all limits.
///
/// @param exempt paths that are never counted; a `*` at the end stands for anything
/// @param audit kept: whether refusals are recorded
/// @param headers whether answers say how much is left
public record QuotaConfig(List<String> exempt, boolean audit, boolean headers) {
  /// What nobody has to change.
  public static final QuotaConfig STANDARD =
      new QuotaConfig(
          List.of(
              "sys/generate-recovery-token/attempt",
              "sys/generate-recovery-token/update",
              "sys/generate-root/attempt",
              "sys/generate-root/update",
              "sys/health",
              "sys/seal-status",
              "sys/unseal"),
          false,
          false);

  boolean isExempt(String path) {
    for (String one : exempt) {
      boolean prefix = one.endsWith("*");
      if (one.equals(path) || (prefix && path.startsWith(one.substring(0, one.length() - 1)))) {
        return true;
      }
    }
    return false;
  }
}
