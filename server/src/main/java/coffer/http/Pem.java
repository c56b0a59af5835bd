package coffer.http;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The blocks of a PEM text (RFC 7468). Stateless.
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final int MAX_BLOCKS = 1_000;

  private Pem() {}

  /// @param label what stands after `BEGIN`
  /// @param text what stands between the lines
  record Block(String label, String text) {
    /// Whether the text is behind a passphrase, in the early way.
    boolean isEncrypted() {
      return label.startsWith("ENCRYPTED ") || text.contains("ENCRYPTED");
    }

    /// An IllegalArgumentException where it is no Base64.
    byte[] bytes() {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    }

    /// It may hold a key.
    @Override
    public String toString() {
      return "Block[" + label + "]";
    }
  }

  static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (blocks.size() < MAX_BLOCKS && matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }
}
