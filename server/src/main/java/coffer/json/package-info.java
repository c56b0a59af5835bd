/// JSON, read into and written from plain maps and lists.
@NullMarked
package coffer.json;

import org.jspecify.annotations.NullMarked;
