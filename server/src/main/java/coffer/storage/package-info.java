@NullMarked
package coffer.storage;

import org.jspecify.annotations.NullMarked;
