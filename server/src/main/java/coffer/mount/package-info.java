/// What is mounted where: the table of mounts, as it is stored and as it is served, and the way
/// from a path to the route of an engine.
@NullMarked
package coffer.mount;

import org.jspecify.annotations.NullMarked;
