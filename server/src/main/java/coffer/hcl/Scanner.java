package coffer.hcl;

import coffer.hcl.Comments.Comment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a text into tokens and sorts the comments between them.
final class Scanner {
  private final Source source;
  private final List<Comments> comments = new ArrayList<>();
  private int lastLine;

  Scanner(String text) {
    this.source = new Source(text);
  }

  /// All comments seen so far.
  List<Comments> comments() {
    return comments;
  }

  /// The next token; after the last one, EOF for ever.
  Token next() {
    List<Comments> between = new ArrayList<>();
    source.skipBlanks();
    while (source.peek() == '#' || source.peek() == '/') {
      add(between, comment());
      source.skipBlanks();
    }
    Token token = token();
    Token result = between.isEmpty() ? token : commented(token, between);
    lastLine = source.line();
    return result;
  }

  /// A new group begins after an empty line, and after comments on the line of the last token.
  private void add(List<Comments> groups, Comment comment) {
    if (!groups.isEmpty()) {
      Comments last = groups.getLast();
      int gap = comment.at().line() - last.endLine();
      boolean onLastLine = last.at().line() == lastLine;
      if (onLastLine ? gap == 0 : gap <= 1) {
        last.list().add(comment);
        return;
      }
    }
    var group = new Comments(new ArrayList<>(List.of(comment)));
    groups.add(group);
    comments.add(group);
  }

  private Token commented(Token token, List<Comments> groups) {
    @Nullable Comments trailing = null;
    @Nullable Comments leading = null;
    Comments first = groups.getFirst();
    int line = token.at().line();
    if (first.at().line() == lastLine && first.endLine() != line) {
      trailing = first;
    }
    Comments last = groups.getLast();
    boolean closes = token.type() == TokenType.RBRACE || token.type() == TokenType.RBRACK;
    if (!last.equals(trailing) && last.endLine() + 1 == line && !closes) {
      leading = last;
    }
    return token.with(trailing, leading);
  }

  private Comment comment() {
    Position at = source.here();
    int start = source.offset();
    if (source.next() == '#' || source.peek() == '/') {
      while (source.peek() != '\n' && !source.atEnd()) {
        source.next();
      }
      return new Comment(at, source.since(start).stripTrailing());
    }
    if (source.peek() != '*') {
      throw new HclException(at, "expected '/' for comment");
    }
    source.next();
    while (true) {
      if (source.atEnd()) {
        throw new HclException(source.here(), "comment not terminated");
      }
      if (source.next() == '*' && source.peek() == '/') {
        source.next();
        return new Comment(at, source.since(start));
      }
    }
  }

  private Token token() {
    Position at = source.here();
    int start = source.offset();
    if (source.atEnd()) {
      return new Token(TokenType.EOF, at, "", "", null, null);
    }
    int c = source.peek();
    if (Source.isLetter(c)) {
      source.skipIdentifier();
      String word = source.since(start);
      boolean bool = word.equals("true") || word.equals("false");
      return new Token(bool ? TokenType.BOOL : TokenType.IDENT, at, word, word, null, null);
    }
    if (c == '"') {
      String value = new Quoted(source).read();
      return new Token(TokenType.STRING, at, source.since(start), value, null, null);
    }
    if (c == '<') {
      String value = new Heredoc(source).read();
      return new Token(TokenType.HEREDOC, at, source.since(start), value, null, null);
    }
    TokenType type = symbolOrNumber(c);
    return new Token(type, at, source.since(start), source.since(start), null, null);
  }

  private TokenType symbolOrNumber(int c) {
    if (source.startsNumber()) {
      return Numbers.skip(source);
    }
    Position at = source.here();
    source.next();
    return switch (c) {
      case '[' -> TokenType.LBRACK;
      case ']' -> TokenType.RBRACK;
      case '{' -> TokenType.LBRACE;
      case '}' -> TokenType.RBRACE;
      case ',' -> TokenType.COMMA;
      case '=' -> TokenType.ASSIGN;
      case '.' -> TokenType.PERIOD;
      case '+' -> TokenType.ADD;
      case '-' -> TokenType.SUB;
      case 0 -> throw new HclException(at, "unexpected null character (0x00)");
      default -> throw new HclException(at, "illegal char");
    };
  }
}
