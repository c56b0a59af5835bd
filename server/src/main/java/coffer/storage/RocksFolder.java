package coffer.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// Where a database is on the disk, and what an operator is told where it makes trouble.
record RocksFolder(Path path) {
  /// What exists only once the database does: its tables and its log.
  private static final Pattern DATA = Pattern.compile("\\d+\\.(sst|log)");

  /// Makes the folder where it is missing, for its owner alone.
  void prepare() {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new StorageException("The storage path " + path + " is a file and not a folder.");
    }
    try {
      Files.createDirectories(path, forItsOwner());
    } catch (IOException e) {
      throw new StorageException(
          "The storage folder " + path + " can't be created: " + reason(e) + ".", e);
    }
    if (!Files.isWritable(path) || !Files.isReadable(path)) {
      throw new StorageException("The storage folder " + path + " can't be read and written.");
    }
    refuseDataWithoutRoot();
  }

  private FileAttribute<?>[] forItsOwner() {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };
  }

  /// Without the file that says which tables are in use, a new database would be made, and what is
  /// there would be removed as left over.
  private void refuseDataWithoutRoot() {
    if (Files.exists(path.resolve("CURRENT"))) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        if (DATA.matcher(file.getFileName().toString()).matches()) {
          throw new StorageException(
              "The storage in " + path + " is damaged: its file CURRENT is missing.");
        }
      }
    } catch (IOException e) {
      throw new StorageException(
          "The storage folder " + path + " can't be read: " + reason(e) + ".", e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "a file is in its place";
      case NoSuchFileException _ -> "the file system has no place for it";
      case FileSystemException one when one.getReason() != null -> one.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  StorageException notOpened(RocksDBException e) {
    String message = message(e);
    if (message.contains("/LOCK: ") || message.contains("lock hold by current process")) {
      return new StorageException(
          "The storage in " + path + " is in use by another process, or already by this one.", e);
    }
    if (isDamage(e) || message.contains("No such file or directory")) {
      return damaged(e);
    }
    return new StorageException("The storage in " + path + " can't be opened: " + message + ".", e);
  }

  StorageException notRead(RocksDBException e) {
    return isDamage(e)
        ? damaged(e)
        : new StorageException("The storage in " + path + " can't be read: " + message(e) + ".", e);
  }

  StorageException notWritten(RocksDBException e) {
    return new StorageException(
        "The storage in "
            + path
            + " could not write, and takes no more writes until it is opened again: "
            + message(e)
            + ".",
        e);
  }

  private StorageException damaged(RocksDBException e) {
    return new StorageException("The storage in " + path + " is damaged: " + message(e) + ".", e);
  }

  private static boolean isDamage(RocksDBException e) {
    Status status = e.getStatus();
    return status != null && status.getCode() == Status.Code.Corruption;
  }

  private static String message(RocksDBException e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
  }
}
