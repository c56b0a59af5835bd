/// A request on its way through the server and the answer to it, without HTTP: what the door hands
/// to the pipeline, what the pipeline's steps find out on the way, and what comes back.
@NullMarked
package coffer.exchange;

import org.jspecify.annotations.NullMarked;
