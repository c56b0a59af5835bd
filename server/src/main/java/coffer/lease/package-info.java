/// What was lent and must be taken back: leases, what ends by itself, what is taken back when its
/// owner goes, and the renewing of both leases and tokens.
///
/// ```
/// lease/<id>                     the lease, or the key of the token that goes by this id
/// lease-by-token/<token>/<id>    what dies with a token
/// due/<time>/l<id>               when it ends
/// revoking/<mount>/<time>/<id>   to be taken back outside, from this time on
/// ```
@NullMarked
package coffer.lease;

import org.jspecify.annotations.NullMarked;
