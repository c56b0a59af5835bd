package coffer.auth.approle;

import coffer.engine.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Blocks of IP addresses in the notation of CIDR, as somebody wrote them: `10.0.0.0/8`. None at
/// all is no restriction.
record Blocks(List<String> texts) {
  static final Blocks ANYWHERE = new Blocks(List.of());

  static Blocks stored(Object value) {
    return new Blocks(((List<?>) value).stream().map(String.class::cast).toList());
  }

  /// What is wrong with them, in the words of the peers.
  Optional<String> wrong() {
    return texts.stream()
        .filter(text -> !isBlock(text))
        .findFirst()
        .map(text -> "invalid CIDR address: " + text);
  }

  private static boolean isBlock(String text) {
    if (text.indexOf('/') < 0) {
      return false;
    }
    try {
      AddressRange.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  List<AddressRange> ranges() {
    return texts.stream().map(AddressRange::parse).toList();
  }

  boolean admit(String remoteAddress) {
    if (texts.isEmpty()) {
      return true;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(remoteAddress);
      return ranges().stream().anyMatch(range -> range.contains(address));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Whether each of these lies in one of the others, or there are no others.
  boolean areWithin(List<AddressRange> others) {
    return others.isEmpty()
        || ranges().stream()
            .allMatch(
                ours ->
                    others.stream()
                        .anyMatch(
                            range -> range.bits() <= ours.bits() && range.contains(ours.base())));
  }

  /// As the peers list them in errors: `["10.0.0.0/8" "::1/128"]`.
  static String quoted(List<?> blocks) {
    return blocks.stream()
        .map(block -> "\"" + block + "\"")
        .collect(Collectors.joining(" ", "[", "]"));
  }
}
