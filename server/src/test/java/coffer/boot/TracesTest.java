package coffer.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a running server leaves on the disk.
class TracesTest {
  @TempDir private Path folder;

  @Test
  void theNumberOfTheProcessIsThereWhileItRuns() {
    Path file = folder.resolve("pid");
    try (PidFile pid = PidFile.write(Optional.of(file))) {
      assertThat(pid).isNotNull();
      assertThat(file).hasContent(Long.toString(ProcessHandle.current().pid()));
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void theNumberOfAnotherProcessStays() throws IOException {
    Path file = folder.resolve("pid");
    try (PidFile pid = PidFile.write(Optional.of(file))) {
      assertThat(pid).isNotNull();
      Files.writeString(file, "1");
    }
    assertThat(file).hasContent("1");
  }

  @Test
  void withoutAPathThereIsNoFile() {
    PidFile.write(Optional.empty()).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aNumberThatCantBeWrittenIsSaid() {
    assertThatThrownBy(() -> PidFile.write(Optional.of(Path.of("/no/pid"))))
        .hasMessage(
            "Error storing PID: could not open pid file: open /no/pid: no such file or directory");
  }

  @Test
  void aDevServerTellsOtherProgramsWhatItIs() throws IOException {
    Path file = folder.resolve("cluster.json");
    DevMode dev =
        ServerOptions.read(
                List.of(), Map.of("dev", "true", "dev-cluster-json", file.toString()), Map.of())
            .dev()
            .orElseThrow();
    DevCluster.write(dev, "http://127.0.0.1:8200", "root");
    assertThat(Json.object(Files.readAllBytes(file)))
        .isEqualTo(
            Map.of(
                "nodes", List.of(Map.of("api_address", "http://127.0.0.1:8200")),
                "ca_cert_path", "",
                "root_token", "root"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
