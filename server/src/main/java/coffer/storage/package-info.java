/// Where bytes are kept: one ordered map from texts to bytes behind the four operations of
/// [coffer.storage.Storage]. What is above this room sees neither files nor fsyncs; what is here
/// sees only values that the barrier has sealed.
@NullMarked
package coffer.storage;

import org.jspecify.annotations.NullMarked;
