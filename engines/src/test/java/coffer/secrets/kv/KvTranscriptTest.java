package coffer.secrets.kv;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.testing.MountedEngine;
import coffer.engine.testing.Transcript;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The answers of both versions beside those of a peer, which were written down.
class KvTranscriptTest {
  @Test
  void version1AnswersAsThePeersDo() {
    var engine = MountedEngine.of(KvTypes.KV, Map.of("version", "1"));
    assertThat(Transcript.differences(KvTranscriptTest.class, "v1.txt", engine)).isEmpty();
  }

  @Test
  void version2AnswersAsThePeersDo() {
    var engine = MountedEngine.of(KvTypes.KV, Map.of("version", "2"));
    assertThat(Transcript.differences(KvTranscriptTest.class, "v2.txt", engine)).isEmpty();
  }
}
