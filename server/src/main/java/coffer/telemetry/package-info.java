/// What the server tells about itself: metrics ([coffer.telemetry.Metrics]) and the log
/// ([coffer.telemetry.Logs], [coffer.telemetry.Log]). Libraries that log by SLF4J or
/// [System.Logger] end up in the same log.
@NullMarked
package coffer.telemetry;

import org.jspecify.annotations.NullMarked;
