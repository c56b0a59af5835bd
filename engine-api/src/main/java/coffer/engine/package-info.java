@NullMarked
package coffer.engine;

import org.jspecify.annotations.NullMarked;
