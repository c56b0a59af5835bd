/// The way of a request: a list of steps, outermost first, each of which does one thing and hands
/// on to the next. [coffer.pipeline.Pipeline] has the list; who may do what, what is recorded, what
/// is committed and when are decided by the order of the steps and not by anything an engine does.
@NullMarked
package coffer.pipeline;

import org.jspecify.annotations.NullMarked;
