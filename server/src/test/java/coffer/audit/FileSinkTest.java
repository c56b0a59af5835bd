package coffer.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.engine.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSinkTest {
  @TempDir Path folder;

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file() {
    return folder.resolve("audit.log");
  }

  private Sink sink() {
    return FileSink.of(Map.of("file_path", file().toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "'',rw-------",
    "0640,rw-r-----",
    "640,rw-r-----",
    "0777,rw-rw-rw-",
    "0644,rw-r--r--",
  })
  void aFileGetsItsModeAndIsNeverExecutable(String mode, String permissions) throws IOException {
    Map<String, String> options =
        mode.isEmpty()
            ? Map.of("file_path", file().toString())
            : Map.of("file_path", file().toString(), "mode", mode);
    FileSink.of(options).write(text("a\n"));

    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aModeOfZeroLeavesAFileAsItIs() throws IOException {
    Map<String, String> options = Map.of("path", file().toString(), "mode", "0000");
    assertThatThrownBy(() -> FileSink.of(options))
        .isInstanceOf(Refusal.class)
        .hasMessage("stat " + file() + ": no such file or directory");
    Files.createFile(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    FileSink.of(options).write(text("a\n"));

    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(file()).hasContent("a\n");
  }

  @Test
  void linesAreAppendedAndFoldersMade() throws IOException {
    Path deep = folder.resolve("a/b/audit.log");
    Map<String, String> options = Map.of("file_path", deep.toString());
    FileSink.of(options).write(text("one\n"));
    Sink again = FileSink.of(options);
    again.write(text("two\n"));
    again.write(text("x".repeat(200_000) + "\n"));

    assertThat(deep).hasContent("one\ntwo\n" + "x".repeat(200_000) + "\n");
  }

  @Test
  void aFileThatWasMovedIsBegunAnewWhenAsked() throws IOException {
    Sink sink = sink();
    sink.write(text("one\n"));
    Path moved = Files.move(file(), folder.resolve("audit.log.1"));
    sink.reopen();
    assertThat(file()).isEmptyFile();
    sink.write(text("two\n"));

    assertThat(moved).hasContent("one\n");
    assertThat(file()).hasContent("two\n");
  }

  @Test
  void aFileThatWasDeletedIsNoticedAndBegunAnew() throws IOException {
    Sink sink = FileSink.of(Map.of("file_path", file().toString()), Duration.ZERO);
    sink.write(text("one\n"));
    Files.delete(file());
    sink.write(text("two\n"));

    assertThat(file()).hasContent("two\n");
  }

  @Test
  void whatCannotBeOpenedIsSaid() {
    Sink sink = FileSink.of(Map.of("file_path", folder.toString()));

    assertThat(sink.opensFirst()).isEqualTo("sanity check failed; ");
    assertThatThrownBy(() -> sink.write(text("")))
        .hasMessage(
            "unable to open \"%s\" for writing: open %s: is a directory".formatted(folder, folder));
  }

  @ParameterizedTest
  @CsvSource({
    "file_path,mode,zz,'strconv.ParseUint: parsing \"zz\": invalid syntax'",
    "file_path,mode,888,'strconv.ParseUint: parsing \"888\": invalid syntax'",
    "file_path,mode,-1,'strconv.ParseUint: parsing \"-1\": invalid syntax'",
    "file_path,mode,99999999999,'strconv.ParseUint: parsing \"99999999999\": invalid syntax'",
    "other,mode,0600,file_path is required",
  })
  void wrongOptionsAreRefused(String key, String option, String value, String message) {
    Map<String, String> options = Map.of(key, file().toString(), option, value);

    assertThatThrownBy(() -> FileSink.of(options)).isInstanceOf(Refusal.class).hasMessage(message);
  }

  @Test
  void discardOpensNothing() throws IOException {
    Sink sink = FileSink.of(Map.of("file_path", "Discard"));
    sink.write(text("a\n"));

    assertThat(sink).isSameAs(Sink.DISCARD);
    assertThat(folder).isEmptyDirectory();
  }
}
