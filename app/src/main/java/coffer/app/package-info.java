@NullMarked
package coffer.app;

import org.jspecify.annotations.NullMarked;
