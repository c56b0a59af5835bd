package coffer.hcl;

import org.jspecify.annotations.Nullable;

/// One word of a text.
///
/// @param spelling as it was written
/// @param value what a string, identifier or heredoc stands for
/// @param trailing the comment that ended the line before this token, if it began a new line
/// @param leading the comment on the line just above this token
record Token(
    TokenType type,
    Position at,
    String spelling,
    String value,
    @Nullable Comments trailing,
    @Nullable Comments leading) {

  Token with(@Nullable Comments newTrailing, @Nullable Comments newLeading) {
    return new Token(type, at, spelling, value, newTrailing, newLeading);
  }
}
