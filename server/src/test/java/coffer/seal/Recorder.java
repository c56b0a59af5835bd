package coffer.seal;

import java.util.ArrayList;
import java.util.List;

/// A life that writes down what it was told to do, and fails when it is asked to.
public final class Recorder implements Life {
  private final List<String> told = new ArrayList<>();
  private String failing = "";
  private int tokens;

  /// What was asked of it since the last look.
  public List<String> told() {
    var copy = List.copyOf(told);
    told.clear();
    return copy;
  }

  /// The next call of this name fails; none does for an empty name.
  public void failAt(String name) {
    failing = name;
  }

  private void note(String name) {
    told.add(name);
    if (name.equals(failing)) {
      throw new IllegalStateException("no " + name + " today");
    }
  }

  @Override
  public void open() {
    note("open");
  }

  @Override
  public void close() {
    note("close");
  }

  @Override
  public String newRootToken() {
    note("token");
    tokens++;
    return "hvs.RootTokenOfTheTest%06d".formatted(tokens);
  }
}
