package coffer.boot;

import coffer.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// The certificates that a dev server makes for itself: an authority, and one for the server by it.
/// Loads Bouncy Castle, so it is to be left alone without `-dev-tls`.
public final class DevCertificates implements AutoCloseable {
  static final String AUTHORITY = "vault-ca.pem";
  static final String CERTIFICATE = "vault-cert.pem";
  static final String KEY = "vault-key.pem";

  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final List<Path> written = new ArrayList<>();

  private DevCertificates() {}

  /// Writes what dev mode was told to; nothing without TLS.
  ///
  /// @throws ConfigException if the folder can't be written to
  public static DevCertificates write(DevMode dev, InstantSource time, SecureRandom random) {
    var files = new DevCertificates();
    if (dev.certificates().isPresent()) {
      Path folder = dev.certificates().get();
      try {
        files.folder(folder, dev.certificatesStay());
        var issuer = new DevIssuer(time, random);
        DevIssuer.Issued server = issuer.server(hostName());
        files.pem(folder.resolve(AUTHORITY), "r--r--r--", "CERTIFICATE", issuer.certificate());
        files.pem(folder.resolve(CERTIFICATE), "r--------", "CERTIFICATE", server.certificate());
        files.pem(folder.resolve(KEY), "r--------", "PRIVATE KEY", server.privateKey());
      } catch (IOException | GeneralSecurityException e) {
        files.close();
        throw new ConfigException(
            "Error generating TLS certificates in " + folder + ": " + e.getClass().getSimpleName());
      }
    }
    return files;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private void folder(Path folder, boolean stays) throws IOException {
    if (!stays) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      written.add(folder);
    }
  }

  private void pem(Path file, String mode, String what, byte[] content) throws IOException {
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-------");
    Files.deleteIfExists(file);
    Files.createFile(file, PosixFilePermissions.asFileAttribute(permissions));
    written.add(file);
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, BASE64.encodeToString(content), what);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  /// Removes the files, and the folder where it was made for them.
  @Override
  public void close() {
    for (Path path : written.reversed()) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // Somebody put something beside them: then it stays.
      }
    }
  }
}
