/// What holds for every engine.
@NullMarked
package coffer.engines;

import org.jspecify.annotations.NullMarked;
