/// The engine behind `sys/`: what operators do to the server itself, one class a topic.
@NullMarked
package coffer.sys;

import org.jspecify.annotations.NullMarked;
