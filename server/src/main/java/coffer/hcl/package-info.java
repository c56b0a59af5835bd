/// The configuration language HCL, version 1, and its JSON form: what policies and the server's
/// configuration are written in. [coffer.hcl.Hcl] is the door: text in, a small tree out in which
/// every node knows its line and column. Knows nothing of what the tree means.
@NullMarked
package coffer.hcl;

import org.jspecify.annotations.NullMarked;
