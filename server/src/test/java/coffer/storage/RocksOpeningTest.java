package coffer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator is told where a storage on disk can't be opened.
class RocksOpeningTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temporary.resolve("parent").resolve("store");
  }

  @Test
  void aMissingFolderIsMadeForItsOwnerAlone() throws IOException {
    RocksStorage.open(folder).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void aFolderThatAnotherProcessHasOpenIsInUse() throws Exception {
    try (var child = ChildProcess.start(RocksChild.class, temporary, folder.toString(), "hold")) {
      assertThat(child.line()).isEqualTo("open");
      assertRefused("The storage in %s is in use by another process, or already by this one.");
      child.kill();
      RocksStorage.open(folder).close();
    }
  }

  @Test
  void aFolderThatThisProcessHasOpenIsInUse() {
    try (Storage first = RocksStorage.open(folder)) {
      assertRefused("The storage in %s is in use by another process, or already by this one.");
      first.commit(new Batch().put("a", new byte[1]));
    }
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "x");
    assertRefused("The storage path %s is a file and not a folder.");
  }

  @Test
  void aFolderCannotBeMadeBelowAFile() throws IOException {
    Files.writeString(folder.getParent(), "x");
    assertThatThrownBy(() -> RocksStorage.open(folder))
        .isInstanceOf(StorageException.class)
        .message()
        .startsWith("The storage folder " + folder + " can't be created: ")
        .endsWith(".");
  }

  /// A file can't hold what is to be unpacked.
  @Test
  void withoutTheNativeLibraryItSaysSo() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    try (var child = ChildProcess.start(RocksChild.class, file, folder.toString(), "hold")) {
      assertThat(child.line())
          .startsWith("The storage's native library is not in java.library.path, and can't be ")
          .contains("unpacked to " + file + ": ")
          .endsWith(".");
    }
  }

  @Test
  void aDamagedListOfTablesIsDamage() throws IOException {
    fill();
    overwrite("MANIFEST-", 0);
    assertDamaged();
  }

  @Test
  void aMissingListOfTablesIsDamage() throws IOException {
    fill();
    Files.delete(file("MANIFEST-"));
    assertDamaged();
  }

  @Test
  void aDamagedRootIsDamage() throws IOException {
    fill();
    Files.writeString(folder.resolve("CURRENT"), "x");
    assertDamaged();
  }

  /// RocksDB itself would begin anew, and remove what is there.
  @Test
  void aMissingRootIsDamageAndLeavesTheRestAlone() throws IOException {
    fill();
    Files.delete(folder.resolve("CURRENT"));
    List<Path> before = files();
    assertRefused("The storage in %s is damaged: its file CURRENT is missing.");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aMissingTableIsDamage() throws IOException {
    fill();
    Files.delete(file(".sst"));
    assertDamaged();
  }

  @Test
  void aTableThatIsTooShortIsDamage() throws IOException {
    fill();
    try (var channel = FileChannel.open(file(".sst"), StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
    assertDamaged();
  }

  @Test
  void aDamagedEntryIsDamageWhenItIsRead() throws IOException {
    fill();
    overwrite(".sst", 100);
    try (Storage storage = RocksStorage.open(folder)) {
      for (Storage reading : List.of(storage, new OnVirtualThreads(storage))) {
        assertThatThrownBy(() -> reading.get("0")).satisfies(this::isDamage);
        assertThatThrownBy(() -> reading.range("", "", 10)).satisfies(this::isDamage);
      }
    }
  }

  /// Leaves entries in a table: what is in the log when it is opened goes to one.
  private void fill() {
    try (Storage storage = RocksStorage.open(folder)) {
      for (int i = 0; i < 100; i++) {
        storage.commit(new Batch().put(Integer.toString(i), "value ".repeat(50).getBytes(UTF_8)));
      }
    }
    RocksStorage.open(folder).close();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private Path file(String part) throws IOException {
    return files().stream()
        .filter(file -> file.toString().contains(part))
        .findFirst()
        .orElseThrow();
  }

  private void overwrite(String part, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file(part));
    for (int i = at; i < at + 20; i++) {
      bytes[i] ^= 0x55;
    }
    Files.write(file(part), bytes);
  }

  private void assertRefused(String sentence) {
    assertThatThrownBy(() -> RocksStorage.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessage(sentence, folder);
  }

  private void assertDamaged() {
    assertThatThrownBy(() -> RocksStorage.open(folder)).satisfies(this::isDamage);
  }

  private void isDamage(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("The storage in " + folder + " is damaged: ")
        .hasMessageEndingWith(".")
        .message()
        .doesNotContain("\n");
  }
}
