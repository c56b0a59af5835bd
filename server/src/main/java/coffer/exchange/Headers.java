package coffer.exchange;

import java.util.List;

/// The headers of a request, by name whatever the case.
public interface Headers {
  /// None.
  Headers NONE = name -> List.of();

  /// All values of one header, in their order; none where it is absent.
  List<String> all(String name);

  /// The first value; empty where the header is absent.
  default String first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? "" : values.getFirst();
  }
}
