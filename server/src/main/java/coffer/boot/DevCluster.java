package coffer.boot;

import coffer.config.ConfigException;
import coffer.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The file that tells other programs about a dev server, as JSON.
public final class DevCluster {
  private DevCluster() {}

  /// Writes it where dev mode was told to; does nothing where it wasn't.
  public static void write(DevMode dev, String apiAddress, String rootToken) {
    dev.clusterFile()
        .ifPresent(
            file -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("nodes", List.of(Map.of("api_address", apiAddress)));
              json.put("ca_cert_path", dev.authority().map(Path::toString).orElse(""));
              json.put("root_token", rootToken);
              write(file, Json.bytes(json));
            });
  }

  /// It holds a token, so it is its owner's alone.
  private static void write(Path file, byte[] json) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, json);
    } catch (IOException e) {
      throw new ConfigException(
          "could not write dev cluster file " + file + ": " + e.getClass().getSimpleName());
    }
  }
}
