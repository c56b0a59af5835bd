package coffer.config;

import coffer.engine.AddressRange;
import java.util.List;
import java.util.Optional;

/// From whom an `X-Forwarded-For` header is believed, and how far.
///
/// @param hopSkips how many addresses to leave out, counted from the right
/// @param rejectNotPresent whether an authorized proxy must send the header
/// @param rejectNotAuthorized whether anybody else who sends it is turned away
public record ForwardedFor(
    List<AddressRange> authorized,
    int hopSkips,
    boolean rejectNotPresent,
    boolean rejectNotAuthorized) {
  private static final long MAX_HOPS = 1_000;

  static Optional<ForwardedFor> read(Section section) {
    List<AddressRange> authorized =
        section.texts("x_forwarded_for_authorized_addrs", AddressRange::parse);
    long skips = Math.min(MAX_HOPS, section.count("x_forwarded_for_hop_skips", 0));
    boolean present = section.flag("x_forwarded_for_reject_not_present", false);
    boolean others = section.flag("x_forwarded_for_reject_not_authorized", false);
    return authorized.isEmpty()
        ? Optional.empty()
        : Optional.of(new ForwardedFor(authorized, (int) skips, present, others));
  }
}
