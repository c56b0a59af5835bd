/// The seal: what keeps the root key from the server until enough people have given their shares of
/// the seal's key. [coffer.seal.Seal] is the state machine, from initialization over unsealing to
/// sealing; [coffer.seal.Rekey] gives out new shares and [coffer.seal.RootGeneration] a root token
/// to those who have them. Shares are the peers': 32 bytes and one for the place on the curve.
@NullMarked
package coffer.seal;

import org.jspecify.annotations.NullMarked;
