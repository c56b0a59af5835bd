@NullMarked
package coffer.auth.approle;

import org.jspecify.annotations.NullMarked;
