package coffer.policy;

import coffer.engine.Refusal;
import coffer.hcl.Hcl;
import coffer.hcl.HclException;
import coffer.hcl.Item;
import coffer.hcl.Stanza;
import coffer.hcl.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Turns the text of a policy into rules. The errors are worded as the peers word them.
final class PolicyParser {
  private static final Set<String> KEYS = Set.of("name", "path");

  private PolicyParser() {}

  static List<Rule> parse(String text) {
    try {
      Value.Body root = Hcl.parse(text);
      refuseOthers(root, KEYS);
      root.values("name").forEach(Value::text);
      var rules = new ArrayList<Rule>();
      for (Stanza stanza : root.stanzas("path", "name")) {
        rules.add(rule(stanza));
      }
      return rules;
    } catch (HclException | IllegalArgumentException e) {
      throw Refusal.bad("failed to parse policy: " + e.getMessage());
    }
  }

  private static Rule rule(Stanza stanza) {
    try {
      return new RuleParser(stanza).parse();
    } catch (HclException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "path " + quoted(stanza.label().name()) + ": " + e.getMessage(), e);
    }
  }

  /// Refuses all keys but these, every one by its name and line.
  static void refuseOthers(Value.Body body, Set<String> keys) {
    List<Item> others =
        body.items().stream().filter(item -> !keys.contains(item.key().name())).toList();
    if (others.isEmpty()) {
      return;
    }
    var out = new StringBuilder();
    for (Item item : others) {
      out.append("\t* invalid key ").append(quoted(item.key().name()));
      out.append(" on line ").append(item.at().line()).append('\n');
    }
    throw new IllegalArgumentException(occurred(others.size()) + out + "\n");
  }

  static String occurred(int errors) {
    return errors == 1 ? "1 error occurred:\n" : errors + " errors occurred:\n";
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
