@NullMarked
package coffer.auth.userpass;

import org.jspecify.annotations.NullMarked;
