/// Black-box tests: other people's clients on a running Coffer.
@NullMarked
package coffer.peers;

import org.jspecify.annotations.NullMarked;
