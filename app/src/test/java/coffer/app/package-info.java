/// Tests of the whole program: the rules of the house.
@NullMarked
package coffer.app;

import org.jspecify.annotations.NullMarked;
