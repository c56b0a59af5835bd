package coffer.policy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How specific a path with wildcards is; greater is more specific.
///
/// @param firstWildcard how long the literal beginning is
/// @param prefix whether it ends in `*`
/// @param wildcards the number of segments that are `+`
/// @param bytes the path in UTF-8, without the `*`
record Specificity(int firstWildcard, boolean prefix, int wildcards, byte[] bytes)
    implements Comparable<Specificity> {
  /// Of what has no wildcard.
  static final Specificity NONE = new Specificity(0, false, 0, new byte[0]);

  static Specificity of(String path) {
    boolean prefix = path.endsWith("*");
    String literal = prefix ? path.substring(0, path.length() - 1) : path;
    int plus = path.indexOf('+');
    boolean segments = path.equals("+") || path.startsWith("+/") || path.contains("/+");
    int wildcards =
        (int) Arrays.stream(literal.split("/", -1)).filter(segment -> segment.equals("+")).count();
    return new Specificity(
        segments ? plus : literal.length(),
        prefix,
        segments ? wildcards : 0,
        literal.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int compareTo(Specificity other) {
    if (firstWildcard != other.firstWildcard) {
      return Integer.compare(firstWildcard, other.firstWildcard);
    }
    if (prefix != other.prefix) {
      return prefix ? -1 : 1;
    }
    if (wildcards != other.wildcards) {
      return Integer.compare(other.wildcards, wildcards);
    }
    return bytes.length == other.bytes.length
        ? Arrays.compareUnsigned(bytes, other.bytes)
        : Integer.compare(bytes.length, other.bytes.length);
  }
}
