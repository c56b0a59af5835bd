package coffer.telemetry;

/// What tells one series of a metric from another: `type="auth"`.
///
/// Equality is written out, as that of a record takes ten milliseconds to link at the start.
public record Label(String name, String value) {
  /// The name of the cluster, which is put in when metrics are shown: it is known only while the
  /// server is unsealed.
  public static final Label CLUSTER = new Label("cluster", "");

  @Override
  public boolean equals(Object other) {
    return other instanceof Label label && name.equals(label.name) && value.equals(label.value);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + value.hashCode();
  }

  @Override
  public String toString() {
    return name + "=" + value;
  }
}
