/// The HTTP door: listens on ports and Unix sockets, turns what comes in into a
/// [coffer.exchange.Request], hands it to whoever answers, and sends the answer. Every request runs
/// on a virtual thread of its own, so whoever answers may block.
@NullMarked
package coffer.http;

import org.jspecify.annotations.NullMarked;
