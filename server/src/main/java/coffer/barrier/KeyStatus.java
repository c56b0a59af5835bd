package coffer.barrier;

import java.time.Instant;

/// What may be known of the key that seals new values.
///
/// @param term counts the keys from 1
/// @param encryptions values sealed under it, roughly
public record KeyStatus(int term, Instant installed, long encryptions) {}
