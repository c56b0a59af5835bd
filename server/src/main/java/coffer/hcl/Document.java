package coffer.hcl;

import java.util.IdentityHashMap;
import java.util.List;

/// A parsed text with its comments, for the formatter.
///
/// @param comments all, in order
/// @param leading by identity, the comments just above an [Item] or a [Value] of a list
/// @param trailing by identity, the comments at the end of its line
record Document(
    Value.Body root,
    List<Comments> comments,
    IdentityHashMap<Object, Comments> leading,
    IdentityHashMap<Object, Comments> trailing) {}
