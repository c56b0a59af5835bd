package coffer.identity;

import java.util.List;

/// Several errors as the peers write them.
final class Errors {
  private Errors() {}

  static String listed(List<String> errors) {
    var text = new StringBuilder();
    text.append(errors.size()).append(errors.size() == 1 ? " error" : " errors");
    text.append(" occurred:");
    errors.forEach(error -> text.append("\n\t* ").append(error));
    return text.append("\n\n").toString();
  }
}
