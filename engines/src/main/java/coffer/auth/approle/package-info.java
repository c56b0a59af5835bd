/// Logging in as a role: machines say a role id, which is like a user name, and a secret id, which
/// is like a password that the server made, for a while or so many times.
///
/// What a mount keeps, where `hash` is a hash with a key that only this mount has:
///
/// ```text
/// key                              that key
/// role/<name>                      → the hash of its role id
/// role-id/<hash>                   the role
/// secret-id/<folder>/<hash>        what is known of a secret id; a folder for each role
/// accessor/<folder>/<hash>         → the secret id that it stands for
/// due/<time>.<hash or folder>      what is to be cleared away after that time
/// ```
///
/// A login reads a role and a secret id, and writes nothing but the use of a secret id that has
/// only so many. What has expired counts as gone from that moment on; [Cleaning] clears it away.
///
/// A call holds one lock at most: of the roles (to write one), of one secret id (to use or destroy
/// it), or of the cleaning (to clear away, or to take an id that somebody chose).
@NullMarked
package coffer.auth.approle;

import org.jspecify.annotations.NullMarked;
