/// What an engine is: the few types through which secrets engines and auth methods are written.
///
/// An engine declares [Route]s, is given a [Call] and answers with a [Reply]. It sees neither HTTP
/// nor tokens nor leases: it *says* that something was lent or that somebody is welcome, and the
/// server makes the lease or the token.
@NullMarked
package coffer.engine;

import org.jspecify.annotations.NullMarked;
