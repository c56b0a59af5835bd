package coffer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.hcl.Hcl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/// Runs a table of answers that an OpenBao 2.7.2 server gave to `sys/capabilities` for random
/// policies and paths.
class AclVectorsTest {
  private static List<String> lines() {
    try (InputStream in = AclVectorsTest.class.getResourceAsStream("capabilities.tsv")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void capabilitiesAreThoseThatThePeerGives() {
    var softly = new SoftAssertions();
    var policies = new ArrayList<Policy>();
    int cases = 0;
    for (String line : lines()) {
      List<String> fields = List.of(line.split("\t", -1));
      switch (fields.getFirst()) {
        case "policy" -> policies.add(Policy.parse("p" + policies.size(), text(fields.get(1))));
        case "path" -> {
          cases++;
          Acl acl = Acl.compile(policies, Instant.EPOCH);
          softly
              .assertThat(String.join(",", acl.capabilities(fields.get(1))))
              .as("%s under %s", fields.get(1), policies)
              .isEqualTo(fields.get(2));
        }
        default -> policies.clear();
      }
    }
    softly.assertAll();
    assertThat(cases).isGreaterThan(2_000);
  }

  private static String text(String quoted) {
    return Hcl.parse("a = " + quoted).values("a").getFirst().text();
  }
}
