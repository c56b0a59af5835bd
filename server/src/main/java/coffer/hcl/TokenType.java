package coffer.hcl;

/// What a token is; the names are part of error messages.
enum TokenType {
  EOF,
  IDENT,
  NUMBER,
  FLOAT,
  BOOL,
  STRING,
  HEREDOC,
  LBRACK,
  RBRACK,
  LBRACE,
  RBRACE,
  COMMA,
  PERIOD,
  ASSIGN,
  ADD,
  SUB
}
