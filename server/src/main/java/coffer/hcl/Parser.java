package coffer.hcl;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// Reads HCL by recursive descent, at most [Hcl#MAX_DEPTH] deep. Used once.
final class Parser {
  private final Scanner scanner;
  private final IdentityHashMap<Object, Comments> leading = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Comments> trailing = new IdentityHashMap<>();
  private Token ahead;
  private int depth;

  Parser(String text) {
    this.scanner = new Scanner(text);
    this.ahead = scanner.next();
  }

  Document parse() {
    var items = new ArrayList<Item>();
    while (ahead.type() != TokenType.EOF) {
      items.add(item());
      skipComma();
    }
    var root = new Value.Body(new Position(1, 1), items, ahead.at());
    return new Document(root, scanner.comments(), leading, trailing);
  }

  private Token take() {
    Token token = ahead;
    ahead = scanner.next();
    return token;
  }

  private void skipComma() {
    if (ahead.type() == TokenType.COMMA) {
      take();
    }
  }

  private Item item() {
    Comments above = ahead.leading();
    List<Key> keys = keys();
    boolean assigned = ahead.type() == TokenType.ASSIGN;
    if (assigned) {
      take();
    } else if (ahead.type() != TokenType.LBRACE) {
      String spelt = keys.stream().map(Key::spelling).collect(Collectors.joining(" "));
      throw new HclException(
          ahead.at(), "key '" + spelt + "' expected start of object ('{') or assignment ('=')");
    }
    Comments afterKey = ahead.trailing();
    Value value = value();
    var item = new Item(keys, assigned, value);
    if (above != null) {
      leading.put(item, above);
    }
    if (ahead.trailing() != null && value.at().line() == item.at().line()) {
      trailing.put(item, ahead.trailing());
    } else if (assigned && afterKey != null) {
      trailing.put(item, afterKey);
    }
    return item;
  }

  private List<Key> keys() {
    var keys = new ArrayList<Key>();
    while (ahead.type() == TokenType.IDENT || ahead.type() == TokenType.STRING) {
      boolean bare = ahead.type() == TokenType.IDENT;
      Token token = take();
      keys.add(new Key(token.at(), token.value(), token.spelling(), bare));
    }
    switch (ahead.type()) {
      case ASSIGN -> checkAssigned(keys);
      case LBRACE -> {
        if (keys.isEmpty()) {
          throw new HclException(ahead.at(), "expected: IDENT | STRING got: LBRACE");
        }
      }
      case EOF, RBRACE, IDENT, STRING -> {
        if (keys.isEmpty()) {
          throw noKey();
        }
      }
      case NUMBER, FLOAT, BOOL, HEREDOC, LBRACK, RBRACK, COMMA, PERIOD, ADD, SUB -> throw noKey();
    }
    return keys;
  }

  private HclException noKey() {
    return new HclException(
        ahead.at(), "expected: IDENT | STRING | ASSIGN | LBRACE got: " + ahead.type());
  }

  private void checkAssigned(List<Key> keys) {
    if (keys.isEmpty()) {
      throw new HclException(ahead.at(), "no object keys found!");
    }
    if (keys.size() > 1) {
      throw new HclException(ahead.at(), "nested object expected: LBRACE got: ASSIGN");
    }
  }

  private Value value() {
    return switch (ahead.type()) {
      case STRING, HEREDOC, NUMBER, FLOAT, BOOL -> literal(take());
      case LBRACE -> body();
      case LBRACK -> list();
      case EOF, IDENT, RBRACK, RBRACE, COMMA, PERIOD, ASSIGN, ADD, SUB ->
          throw new HclException(
              ahead.at(), "Unknown token: " + (ahead.type() + " " + ahead.spelling()).strip());
    };
  }

  private static Value literal(Token token) {
    return switch (token.type()) {
      case STRING -> new Value.Text(token.at(), token.value(), token.spelling(), false);
      case HEREDOC -> new Value.Text(token.at(), token.value(), token.spelling(), true);
      case BOOL -> new Value.Flag(token.at(), token.value().equals("true"));
      case NUMBER, FLOAT -> new Value.Numeral(token.at(), token.spelling());
      case EOF, IDENT, LBRACK, RBRACK, LBRACE, RBRACE, COMMA, PERIOD, ASSIGN, ADD, SUB ->
          throw new IllegalArgumentException("no literal: " + token.type());
    };
  }

  private void deeper() {
    if (++depth > Hcl.MAX_DEPTH) {
      throw new HclException(ahead.at(), "nested more than " + Hcl.MAX_DEPTH + " levels deep");
    }
  }

  private Value body() {
    deeper();
    Position start = take().at();
    var items = new ArrayList<Item>();
    while (ahead.type() != TokenType.RBRACE) {
      if (ahead.type() == TokenType.EOF) {
        throw new HclException(ahead.at(), "object expected closing RBRACE got: EOF");
      }
      items.add(item());
      skipComma();
    }
    depth--;
    return new Value.Body(start, items, take().at());
  }

  private Value list() {
    deeper();
    Position start = take().at();
    var values = new ArrayList<Value>();
    while (ahead.type() != TokenType.RBRACK) {
      element(values);
    }
    if (ahead.trailing() != null && !values.isEmpty()) {
      trailing.putIfAbsent(values.getLast(), ahead.trailing());
    }
    take();
    depth--;
    return new Value.Many(start, values);
  }

  private void element(List<Value> values) {
    if (ahead.type() == TokenType.COMMA) {
      take();
      if (ahead.trailing() != null && !values.isEmpty()) {
        trailing.put(values.getLast(), ahead.trailing());
      }
      return;
    }
    Comments above = ahead.leading();
    Value value =
        switch (ahead.type()) {
          case STRING, HEREDOC, NUMBER, FLOAT, BOOL, LBRACE, LBRACK -> value();
          case EOF, IDENT, RBRACK, RBRACE, COMMA, PERIOD, ASSIGN, ADD, SUB ->
              throw new HclException(
                  ahead.at(), "unexpected token while parsing list: " + ahead.type());
        };
    values.add(value);
    if (above != null) {
      leading.put(value, above);
    }
    if (ahead.type() != TokenType.COMMA && ahead.type() != TokenType.RBRACK) {
      throw new HclException(
          ahead.at(), "error parsing list, expected comma or list end, got: " + ahead.type());
    }
  }
}
