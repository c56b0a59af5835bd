/// Who is behind the tokens. An entity is one person or machine; its aliases are the names by which
/// login methods know it; groups hold entities and other groups, or stand for a group of an outside
/// directory. [coffer.identity.IdentityStore] makes entities at logins and says what counts of them
/// at each request; the `…Routes` are what is managed below `identity/`, one class a topic.
@NullMarked
package coffer.identity;

import org.jspecify.annotations.NullMarked;
