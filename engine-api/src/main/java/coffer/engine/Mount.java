package coffer.engine;

import java.time.Duration;
import java.util.Map;

/// Where an engine is mounted, as it sees it itself.
///
/// @param path with a trailing slash, and with the leading `auth/` for auth methods
/// @param uuid the id that outlives a move
/// @param options as given at enabling, such as `version`
/// @param defaultTtl how long leases last where nothing else is said
/// @param maxTtl the most they may last
public record Mount(
    String path,
    String type,
    String accessor,
    String uuid,
    Map<String, String> options,
    Duration defaultTtl,
    Duration maxTtl) {}
