/// What stands between the server and its storage: everything below is sealed, everything above is
/// in the clear. [coffer.barrier.Barrier] seals and opens entries by a keyring;
/// [coffer.barrier.Transaction] collects what one request writes, so that it is committed together.
@NullMarked
package coffer.barrier;

import org.jspecify.annotations.NullMarked;
