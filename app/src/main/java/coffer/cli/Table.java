package coffer.cli;

import java.util.ArrayList;
import java.util.List;

/// Columns of text, each as wide as its widest cell, four spaces between them unless told; a cell
/// with nothing in it reads `n/a`.
final class Table {
  private final List<String[]> rows = new ArrayList<>();
  private int gap = 4;

  /// A table whose first row is these titles, underlined.
  static Table titled(String... titles) {
    Table table = new Table();
    table.row(titles);
    String[] lines = new String[titles.length];
    for (int i = 0; i < titles.length; i++) {
      lines[i] = "-".repeat(titles[i].strip().length());
    }
    return table.row(lines);
  }

  /// A table without titles.
  static Table bare() {
    return new Table();
  }

  /// Sets how many spaces there are between the columns.
  Table gap(int spaces) {
    gap = spaces;
    return this;
  }

  Table row(String... cells) {
    String[] row = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      String cell = cells[i].strip();
      row[i] = cell.isEmpty() ? "n/a" : cell;
    }
    rows.add(row);
    return this;
  }

  /// Whether nothing was added below the titles.
  boolean isEmpty() {
    return rows.size() <= 2;
  }

  @Override
  public String toString() {
    int[] widths = widths();
    StringBuilder out = new StringBuilder();
    for (String[] row : rows) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      for (int i = 0; i < row.length; i++) {
        out.append(row[i]);
        if (i < row.length - 1) {
          pad(out, widths[i] + gap - width(row[i]));
        }
      }
    }
    return out.toString();
  }

  private int[] widths() {
    int columns = 0;
    for (String[] row : rows) {
      columns = Math.max(columns, row.length);
    }
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    return widths;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static void pad(StringBuilder out, int spaces) {
    for (int i = 0; i < spaces; i++) {
      out.append(' ');
    }
  }
}
