package coffer.policy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/// How specific a path with wildcards is; greater is more specific.
///
/// @param firstWildcard how long the literal beginning is
/// @param prefix whether it ends in `*`
/// @param wildcards the number of segments that are `+`
/// @param bytes the path in UTF-8, without the `*`
record Specificity(int firstWildcard, boolean prefix, int wildcards, byte[] bytes)
    implements Comparable<Specificity> {
  private static final Comparator<Specificity> ORDER =
      Comparator.comparingInt(Specificity::firstWildcard)
          .thenComparing(Specificity::prefix, Comparator.reverseOrder())
          .thenComparing(Specificity::wildcards, Comparator.reverseOrder())
          .thenComparingInt(one -> one.bytes().length)
          .thenComparing(Specificity::bytes, Arrays::compareUnsigned);

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
    return ORDER.compare(this, other);
  }
}
