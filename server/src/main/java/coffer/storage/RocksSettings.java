package coffer.storage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.HyperClockCache;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;

/// How the database is set up: for many small values that don't compress, most of them short-lived,
/// on a machine that has other things to do. The reasons are in `docs/decisions/storage.md`.
final class RocksSettings implements AutoCloseable {
  /// All that is kept of tables in memory, their indexes and filters included.
  static final long CACHE_BYTES = 64L << 20;

  /// What is in memory and the log before it becomes a table; there are [#BUFFERS] of it at most.
  static final long BUFFER_BYTES = 32L << 20;

  private static final int BUFFERS = 3;
  private static final double FILTER_BITS_A_KEY = 10;
  private static final int OPEN_FILES = 512;
  private static final int BACKGROUND_JOBS = 2;
  private static final long INFO_LOG_BYTES = 1L << 20;
  private static final int INFO_LOGS = 3;
  private static final long MANIFEST_BYTES = 16L << 20;
  private static final long BYTES_A_SYNC = 1L << 20;

  /// A scan that steps over so many deleted entries in memory has them written out, so that they
  /// can be compacted away.
  private static final int DELETED_IN_A_SCAN = 10_000;

  /// A table is compacted where so many of so many entries in a row are deletions.
  private static final int WINDOW = 1024;

  private static final int DELETED_IN_A_WINDOW = 512;

  /// More deleted ranges in memory would cost every read.
  private static final int DELETED_RANGES = 64;

  private final Deque<AbstractNativeReference> natives = new ArrayDeque<>();
  private final Options options;

  /// To be made once the native library is loaded.
  RocksSettings() {
    options = owned(new Options(database(), entries()));
    options.setTableFormatConfig(tables());
    options.setTablePropertiesCollectorFactory(
        List.of(
            owned(
                TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
                    WINDOW, DELETED_IN_A_WINDOW, 0.5))));
  }

  Options options() {
    return options;
  }

  private DBOptions database() {
    return owned(new DBOptions())
        .setCreateIfMissing(true)
        .setMaxOpenFiles(OPEN_FILES)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setBytesPerSync(BYTES_A_SYNC)
        .setMaxManifestFileSize(MANIFEST_BYTES)
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setMaxBgErrorResumeCount(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(INFO_LOG_BYTES)
        .setKeepLogFileNum(INFO_LOGS)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  private ColumnFamilyOptions entries() {
    var onlyByName = new Properties();
    onlyByName.setProperty("memtable_op_scan_flush_trigger", Integer.toString(DELETED_IN_A_SCAN));
    return owned(ColumnFamilyOptions.getColumnFamilyOptionsFromProps(onlyByName))
        .setWriteBufferSize(BUFFER_BYTES)
        .setMaxWriteBufferNumber(BUFFERS)
        .setMemtableMaxRangeDeletions(DELETED_RANGES)
        .setCompressionType(CompressionType.NO_COMPRESSION);
  }

  private BlockBasedTableConfig tables() {
    return new BlockBasedTableConfig()
        .setBlockCache(owned(new HyperClockCache(CACHE_BYTES, 0, -1, false)))
        .setFilterPolicy(owned(new BloomFilter(FILTER_BITS_A_KEY)))
        .setIndexType(IndexType.kTwoLevelIndexSearch)
        .setPartitionFilters(true)
        .setCacheIndexAndFilterBlocks(true)
        .setPinTopLevelIndexAndFilter(true)
        .setPinL0FilterAndIndexBlocksInCache(true);
  }

  private <T extends AbstractNativeReference> T owned(T one) {
    natives.push(one);
    return one;
  }

  @Override
  public void close() {
    natives.forEach(AbstractNativeReference::close);
  }
}
