package coffer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.storage.Storage.Entry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.PerfContext;
import org.rocksdb.PerfLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// How batches of several requests become one write of the database, and what deletions cost the
/// reads that follow.
class RocksWriterTest {
  private static final byte[] NOTHING = {};

  /// What a scan may step over: what is let alone in memory, and the page that was deleted last.
  private static final long MOST_SKIPPED = 11_500;

  @TempDir Path folder;
  private RocksSettings settings;
  private RocksDB database;
  private RocksReader reader;
  private RocksWriter writer;

  @BeforeEach
  void open() throws RocksDBException {
    RocksDB.loadLibrary();
    settings = new RocksSettings();
    database = RocksDB.open(settings.options(), folder.toString());
    reader = new RocksReader(database, new RocksFolder(folder));
    writer = new RocksWriter(database, new RocksFolder(folder));
  }

  @AfterEach
  void close() {
    reader.close();
    writer.close();
    database.close();
    settings.close();
  }

  private void write(Batch... group) {
    writer.write(Arrays.stream(group).map(QueuedBatch::new).toList());
  }

  private static Batch put(String key, String value) {
    return new Batch().put(key, value.getBytes(UTF_8));
  }

  private List<String> keys() {
    return reader.range("", "", Integer.MAX_VALUE, null).stream().map(Entry::key).toList();
  }

  @Test
  void whatBatchesOfOneGroupDoIsDoneInTheirOrder() {
    write(put("a/1", "1"), put("b/1", "1"));
    write(
        put("a/2", "2").put("a/3", NOTHING),
        new Batch().deleteAll("a/").put("a/4", NOTHING),
        put("a/3", "3"),
        new Batch().delete("b/1"),
        put("b/2", "2"),
        new Batch().deleteAll("b/"));
    assertThat(keys()).containsExactly("a/3", "a/4");
    assertThat(reader.get("a/3".getBytes(UTF_8))).isEqualTo("3".getBytes(UTF_8));
  }

  @Test
  void aPrefixOfManyKeysIsEmptiedWithWhatTheGroupPutThere() {
    var many = new Batch();
    for (int i = 0; i <= RocksWriter.FEW; i++) {
      many.put("a/" + i, NOTHING);
    }
    write(many, put("b", ""));
    write(put("a/x", "1"), new Batch().deleteAll("a/"), put("a/y", "2"));
    assertThat(keys()).containsExactly("a/y", "b");
  }

  /// A range that was deleted costs every read after it, so a prefix with few keys isn't one.
  @Test
  void manySmallPrefixesLeaveNoDeletedRanges() throws RocksDBException {
    for (int i = 0; i < 200; i++) {
      write(put("a/" + i + "/x", "1"));
      write(new Batch().deleteAll("a/" + i + "/").deleteAll("b/" + i + "/"));
    }
    assertThat(keys()).isEmpty();
    assertThat(memory("num-entries")).isEqualTo(200 * 2);
    assertThat(memory("num-deletes")).isEqualTo(200);
  }

  private long memory(String what) throws RocksDBException {
    return database.getLongProperty(
        String.format(Locale.ROOT, "rocksdb.%s-active-mem-table", what));
  }

  /// The index of what expires is read from its front, and emptied there.
  @Test
  void scansFromAFrontStayFastWhereMuchWasDeleted() {
    int pages = 100;
    int each = 1000;
    for (int page = 0; page <= pages; page++) {
      var batch = new Batch();
      for (int i = 0; i < each; i++) {
        batch.put(String.format(Locale.ROOT, "due/%08d", page * each + i), NOTHING);
      }
      write(batch);
    }
    for (int page = 0; page < pages; page++) {
      var batch = new Batch();
      reader.range("due/", "", each, null).forEach(entry -> batch.delete(entry.key()));
      write(batch);
    }
    assertThat(reader.range("due/", "", 1, null))
        .extracting(Entry::key)
        .containsExactly("due/00100000");
    assertThat(leastSkipped()).isLessThan(MOST_SKIPPED);
  }

  /// What is to be compacted is, in the background, some scans later.
  private long leastSkipped() {
    database.setPerfLevel(PerfLevel.ENABLE_COUNT);
    PerfContext counts = database.getPerfContext();
    long least = Long.MAX_VALUE;
    for (int scan = 0; scan < 1000 && least >= MOST_SKIPPED; scan++) {
      counts.reset();
      reader.range("due/", "", 1, null);
      least = Math.min(least, counts.getInternalDeleteSkippedCount());
    }
    return least;
  }
}
