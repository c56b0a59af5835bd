package coffer.hcl;

/// A name before a value or a block.
///
/// @param spelling as it was written, with its quotes
/// @param bare whether it was written without quotes
public record Key(Position at, String name, String spelling, boolean bare) {}
