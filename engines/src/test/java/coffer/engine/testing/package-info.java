/// What tests of engines have in common: one mount with a store in memory and a clock that the test
/// moves, asked as the server asks it.
@NullMarked
package coffer.engine.testing;

import org.jspecify.annotations.NullMarked;
