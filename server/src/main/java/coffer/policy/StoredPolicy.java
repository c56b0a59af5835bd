package coffer.policy;

import java.time.Instant;

/// A policy as it was written.
///
/// @param version how often it has been written; zero for one that nobody wrote
public record StoredPolicy(
    String name, String text, Policy.Filling filling, long version, Instant modified) {}
