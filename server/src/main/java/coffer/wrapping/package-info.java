/// Answers that are kept for whoever brings a token that opens them once.
@NullMarked
package coffer.wrapping;

import org.jspecify.annotations.NullMarked;
