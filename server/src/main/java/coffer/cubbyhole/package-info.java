/// The cubbyhole: a private store for each token, which goes when the token goes.
@NullMarked
package coffer.cubbyhole;

import org.jspecify.annotations.NullMarked;
