package coffer.sys;

import java.time.Instant;

/// What this server says of itself.
///
/// @param apiAddress where clients are to come to, as a URL; empty where nobody said
/// @param clusterAddress where other servers are to come to, as a URL; empty where nobody said
/// @param storageType as of [coffer.storage.Storage#type]
/// @param built when the program was built, in whole seconds
public record Node(
    String hostname, String apiAddress, String clusterAddress, String storageType, Instant built) {}
