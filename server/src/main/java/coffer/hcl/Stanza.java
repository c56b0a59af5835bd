package coffer.hcl;

/// A block that carries one label, as `path "secret/*" { … }` or, in JSON, `{"path": {"secret/*": {
/// … }}}`.
public record Stanza(Key label, Value.Body body) {
  public Position at() {
    return label.at();
  }
}
