package coffer.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Reads configuration files and folders and merges them in the order in which they are given; the
/// files of a folder, those ending in `.hcl` and `.json`, in the order of their names.
public final class ConfigFiles {
  private static final int MAX_FILES = 1_000;
  private static final long MAX_BYTES = 8L * 1024 * 1024;

  private ConfigFiles() {}

  /// A file that also lies in one of the given folders is read once.
  public static ServerConfig load(List<Path> paths) {
    ServerConfig merged = ServerConfig.EMPTY;
    for (Path path : paths) {
      for (Path file : Files.isDirectory(path) ? filesOf(path) : List.of(path)) {
        if (file.equals(path) && isInFolder(path, paths)) {
          continue;
        }
        merged = merged.merge(ServerConfig.parse(read(file), file.toString()));
      }
    }
    return merged;
  }

  private static boolean isInFolder(Path file, List<Path> paths) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return isConfig(file)
        && paths.stream()
            .filter(Files::isDirectory)
            .anyMatch(path -> path.toAbsolutePath().normalize().equals(folder));
  }

  private static List<Path> filesOf(Path folder) {
    var files = new ArrayList<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (isConfig(entry) && !Files.isDirectory(entry)) {
          files.add(entry);
        }
        if (files.size() > MAX_FILES) {
          throw new ConfigException("more than " + MAX_FILES + " files in " + folder);
        }
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    Collections.sort(files);
    return files;
  }

  /// Leaves out what editors keep beside a file.
  private static boolean isConfig(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean known = name.endsWith(".hcl") || name.endsWith(".json");
    return known && !name.startsWith(".#") && !name.startsWith("#");
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ConfigException(
            "error loading configuration from " + file + ": more than " + MAX_BYTES + " bytes");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static ConfigException unreadable(Path path, IOException e) {
    String problem =
        switch (e) {
          case NoSuchFileException missing -> "no such file or directory";
          case CharacterCodingException coding -> "not UTF-8";
          default -> String.valueOf(e.getMessage());
        };
    return new ConfigException("error loading configuration from " + path + ": " + problem);
  }
}
