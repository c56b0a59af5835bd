package coffer.seal;

import org.jspecify.annotations.Nullable;

/// How the seal is, as anybody may know.
///
/// @param type how the root key is kept from the server: `shamir`
/// @param threshold how many shares open it; 0 before initialization
/// @param shares how many shares there are; 0 before initialization
/// @param progress how many shares were given so far
/// @param nonce names the attempt to unseal; empty while there is none
/// @param cluster null while sealed
public record SealStatus(
    String type,
    boolean initialized,
    boolean sealed,
    int threshold,
    int shares,
    int progress,
    String nonce,
    @Nullable Cluster cluster) {}
