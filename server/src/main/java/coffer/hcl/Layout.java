package coffer.hcl;

import coffer.hcl.Comments.Comment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Prints a document in the canonical layout, which is that of the peers' `policy fmt`: adjacent
/// one-line settings aligned, everything else set apart by an empty line. Used once.
final class Layout {
  private final Document document;

  /// The comments that belong to no item, in order, and how many of them have been printed.
  private final List<Comments> standalone = new ArrayList<>();

  private int printed;

  Layout(Document document) {
    this.document = document;
    Set<Comments> attached = Collections.newSetFromMap(new IdentityHashMap<>());
    attached.addAll(document.leading().values());
    attached.addAll(document.trailing().values());
    document.comments().stream().filter(c -> !attached.contains(c)).forEach(standalone::add);
  }

  String print() {
    var out = new Lines();
    List<Item> items = document.root().items();
    refuseDuplicates(items);
    for (int i = 0; i < items.size(); i++) {
      while (pendingBefore(items.get(i).at())) {
        takeComments().forEach(comment -> out.addFixed(comment.text()));
        out.addBlank();
      }
      out.addAll(item(items.get(i)));
      if (i + 1 < items.size() && apart(items.get(i), items.get(i + 1))) {
        out.addBlank();
      }
    }
    while (printed < standalone.size()) {
      if (!out.isEmpty()) {
        out.addBlank();
      }
      takeComments().forEach(comment -> out.addFixed(comment.text()));
    }
    return out.text();
  }

  private boolean pendingBefore(Position end) {
    return printed < standalone.size() && before(standalone.get(printed).at(), end);
  }

  private List<Comment> takeComments() {
    return standalone.get(printed++).list();
  }

  private static boolean before(Position one, Position other) {
    return one.line() < other.line()
        || (one.line() == other.line() && one.column() < other.column());
  }

  /// Only empty blocks on adjacent lines stand close together at the top.
  private boolean apart(Item item, Item next) {
    return next.at().line() != item.at().line() + 1 || !isBareBlock(item) || !isBareBlock(next);
  }

  private boolean isBareBlock(Item item) {
    return !document.leading().containsKey(item)
        && !item.assigned()
        && item.value() instanceof Value.Body body
        && body.items().isEmpty();
  }

  private static void refuseDuplicates(List<Item> items) {
    var seen = new HashSet<String>();
    for (Item item : items) {
      if (item.assigned() && !seen.add(item.key().name())) {
        throw new HclException(
            item.at(),
            "the argument " + item.key().spelling() + " was already set; set each argument once");
      }
    }
  }

  private Lines item(Item item) {
    var head = new StringBuilder();
    item.keys().forEach(key -> head.append(key.spelling()).append(' '));
    if (item.assigned()) {
      head.append("= ");
    }
    Lines out = above(item);
    Lines value = value(item.value());
    value.prepend(head.toString());
    Comments end = document.trailing().get(item);
    if (end != null && besideValue(item)) {
      value.append(" " + joined(end));
    }
    return out.addAll(value);
  }

  /// The comments that go over an item: also one that stood between `=` and a value on the next
  /// line.
  private Lines above(Item item) {
    var out = new Lines();
    Comments lead = document.leading().get(item);
    if (lead != null) {
      lead.list().forEach(comment -> out.addFixed(comment.text()));
    }
    Comments end = document.trailing().get(item);
    if (end != null && !besideValue(item)) {
      end.list().forEach(comment -> out.addFixed(comment.text()));
    }
    return out;
  }

  private static boolean besideValue(Item item) {
    return item.value().at().line() == item.at().line();
  }

  private static String joined(Comments comments) {
    return String.join(" ", comments.list().stream().map(Comment::text).toList());
  }

  private Lines value(Value value) {
    return switch (value) {
      case Value.Text text -> Lines.fixed(text.spelling().stripTrailing());
      case Value.Numeral number -> Lines.fixed(number.spelling());
      case Value.Flag flag -> Lines.fixed(String.valueOf(flag.value()));
      case Value.Nothing nothing -> Lines.fixed("null");
      case Value.Many many -> isOneLine(many) ? oneLine(many) : list(many);
      case Value.Body body -> block(body);
    };
  }

  private boolean isOneLine(Value.Many many) {
    for (Value value : many.values()) {
      boolean composed = value instanceof Value.Body || value instanceof Value.Many;
      boolean heredoc = value instanceof Value.Text text && text.heredoc();
      if (composed
          || value.at().line() != many.at().line()
          || (heredoc && many.values().size() > 1)
          || document.trailing().containsKey(value)) {
        return false;
      }
    }
    return true;
  }

  private Lines oneLine(Value.Many many) {
    Lines out = Lines.fixed("[");
    boolean first = true;
    for (Value value : many.values()) {
      out.append(first ? "" : ", ");
      first = false;
      out.join(value(value));
      if (value instanceof Value.Text text && text.heredoc()) {
        out.addFixed("");
      }
    }
    return out.append("]");
  }

  private Lines list(Value.Many many) {
    int widest = many.values().stream().mapToInt(Layout::width).max().orElse(0);
    Lines out = Lines.fixed("[");
    boolean spaced = true;
    for (int i = 0; i < many.values().size(); i++) {
      Value value = many.values().get(i);
      Comments lead = document.leading().get(value);
      if (lead != null) {
        if (!spaced) {
          out.addBlank();
        }
        lead.list().forEach(comment -> out.addAll(Lines.fixed(comment.text()).indent()));
      }
      out.addAll(element(value, widest));
      spaced = lead != null && i + 1 < many.values().size();
      if (spaced) {
        out.addBlank();
      }
    }
    return out.addFixed("]");
  }

  private Lines element(Value value, int widest) {
    Lines lines = value(value).indent();
    if (value instanceof Value.Text text && text.heredoc()) {
      lines.addFixed("  ");
    }
    lines.append(",");
    Comments end = document.trailing().get(value);
    if (end != null) {
      lines.append(" ".repeat(1 + Math.max(0, widest - width(value))) + joined(end));
    }
    return lines;
  }

  private static int width(Value value) {
    return switch (value) {
      case Value.Text text -> text.spelling().length();
      case Value.Numeral number -> number.spelling().length();
      case Value.Flag flag -> flag.value() ? 4 : 5;
      case Value.Nothing nothing -> 4;
      case Value.Many many -> 0;
      case Value.Body body -> 0;
    };
  }

  private Lines block(Value.Body body) {
    List<Item> items = body.items();
    refuseDuplicates(items);
    if (items.isEmpty() && !pendingBefore(body.end())) {
      return Lines.fixed("{}");
    }
    Lines out = Lines.fixed("{");
    for (int index = 0; index < items.size(); ) {
      boolean commented = comments(out, items.get(index).at(), index > 0, true);
      if (index > 0 && !commented) {
        out.addBlank();
      }
      List<Item> run = run(items, index);
      out.addAll((run.isEmpty() ? item(items.get(index)) : aligned(run)).indent());
      index += Math.max(1, run.size());
    }
    comments(out, body.end(), !items.isEmpty(), false);
    return out.addFixed("}");
  }

  private boolean comments(Lines out, Position next, boolean apart, boolean more) {
    boolean any = false;
    while (pendingBefore(next)) {
      if (apart || any) {
        out.addBlank();
      }
      any = true;
      List<Comment> list = takeComments();
      list.forEach(comment -> out.addAll(Lines.fixed(comment.text()).indent()));
      boolean hugs = next.line() == list.getLast().endLine() + 1;
      if (more && !hugs && !pendingBefore(next)) {
        out.addBlank();
      }
    }
    return any;
  }

  /// The items from here on that stand on adjacent lines and are to be aligned.
  private List<Item> run(List<Item> items, int start) {
    if (items.size() == 1) {
      return List.of();
    }
    int index = start;
    while (index < items.size() && height(items.get(index)) <= 2) {
      int line = items.get(index).at().line();
      boolean meetsNext = index + 1 < items.size() && items.get(index + 1).at().line() == line + 1;
      boolean meetsLast = index > 0 && items.get(index - 1).at().line() == line - 1;
      if (!meetsNext && !meetsLast) {
        break;
      }
      index++;
      if (!meetsNext) {
        break;
      }
    }
    return items.subList(start, index);
  }

  /// How many lines an item will take; 3 stands for more than two.
  private int height(Item item) {
    int value =
        switch (item.value()) {
          case Value.Text text ->
              1 + (int) text.spelling().stripTrailing().chars().filter(c -> c == '\n').count();
          case Value.Numeral number -> 1;
          case Value.Flag flag -> 1;
          case Value.Nothing nothing -> 1;
          case Value.Many many -> isOneLine(many) ? 1 : 3;
          case Value.Body body -> body.items().isEmpty() && !pendingBefore(body.end()) ? 1 : 3;
        };
    return value + above(item).size();
  }

  private Lines aligned(List<Item> items) {
    int keyWidth = items.stream().mapToInt(item -> keys(item).length()).max().orElse(0);
    List<Lines> values = items.stream().map(item -> value(item.value())).toList();
    int valueWidth = values.stream().mapToInt(Lines::width).max().orElse(0);
    var out = new Lines();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      Lines value = values.get(i);
      int width = value.width();
      String pad = " ".repeat(keyWidth - keys(item).length() + 1);
      value.prepend(keys(item) + pad + (item.assigned() ? "= " : ""));
      Comments end = document.trailing().get(item);
      if (end != null && besideValue(item)) {
        value.append(" ".repeat(valueWidth - width + 1) + joined(end));
      }
      out.addAll(above(item)).addAll(value);
    }
    return out;
  }

  private static String keys(Item item) {
    return String.join(" ", item.keys().stream().map(Key::spelling).toList());
  }
}
