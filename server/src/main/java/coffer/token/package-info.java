/// Tokens: how they are stored, made, found, renewed and revoked with everything below them.
@NullMarked
package coffer.token;

import org.jspecify.annotations.NullMarked;
