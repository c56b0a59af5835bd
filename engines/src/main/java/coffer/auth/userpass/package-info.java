/// Logging in with a user name and a password that the server itself keeps.
@NullMarked
package coffer.auth.userpass;

import org.jspecify.annotations.NullMarked;
