/// Limits on how much may be asked for: how many requests of one address in a time, for the whole
/// server, a mount or a path.
@NullMarked
package coffer.quota;

import org.jspecify.annotations.NullMarked;
