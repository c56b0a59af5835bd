@NullMarked
package coffer.secrets.kv;

import org.jspecify.annotations.NullMarked;
