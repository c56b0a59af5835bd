package coffer.http;

import coffer.config.ConfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Reads certificates and keys of a listener. What is wrong with a file is a [ConfigException] that
/// names it. Stateless.
final class TlsFiles {
  private static final int MAX_SIZE = 8 * 1024 * 1024;

  private TlsFiles() {}

  /// All certificates of a file, in their order; at least one.
  static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> found = new ArrayList<>();
    for (Pem.Block block : Pem.blocks(text(file))) {
      if (block.label().equals("CERTIFICATE")) {
        found.add(certificate(block, file));
      }
    }
    if (found.isEmpty()) {
      throw new ConfigException("there is no certificate in " + file);
    }
    return found;
  }

  private static X509Certificate certificate(Pem.Block block, Path file) {
    try {
      var in = new ByteArrayInputStream(block.bytes());
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ConfigException("a certificate in " + file + " can't be read");
    }
  }

  /// The first private key of a file.
  static PrivateKey key(Path file) {
    for (Pem.Block block : Pem.blocks(text(file))) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return key(block, file);
      }
    }
    throw new ConfigException("there is no private key in " + file);
  }

  private static PrivateKey key(Pem.Block block, Path file) {
    if (block.isEncrypted()) {
      throw new ConfigException(
          "the private key in " + file + " is encrypted: decrypt it, nobody is there to ask");
    }
    try {
      return PrivateKeys.read(block);
    } catch (GeneralSecurityException e) {
      throw new ConfigException("the private key in " + file + " can't be read");
    }
  }

  /// Whether a key is that of a certificate, found out by using it.
  static boolean match(PrivateKey key, X509Certificate certificate) {
    String kind = key.getAlgorithm();
    try {
      var signature =
          Signature.getInstance(
              switch (kind) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> kind;
              });
      byte[] text = {1, 2, 3};
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw new ConfigException(file + " is too large for certificates or keys");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new ConfigException("there is no file " + file);
    } catch (IOException e) {
      throw new ConfigException("the file " + file + " can't be read: " + e.getMessage());
    }
  }
}
