package coffer.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Reads private keys of RSA (PKCS#1), of elliptic curves (SEC 1), and of any kind (PKCS#8). The
/// JDK reads the last alone, so the others are put into its form. Stateless.
final class PrivateKeys {
  private PrivateKeys() {}

  static PrivateKey read(Pem.Block block) throws GeneralSecurityException {
    try {
      byte[] bytes = block.bytes();
      PrivateKeyInfo info =
          switch (block.label()) {
            case "RSA PRIVATE KEY" -> rsa(bytes);
            case "EC PRIVATE KEY" -> curve(bytes);
            default -> PrivateKeyInfo.getInstance(bytes);
          };
      String algorithm = algorithm(info.getPrivateKeyAlgorithm().getAlgorithm());
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (IOException | RuntimeException e) {
      throw new InvalidKeyException("not a private key", e);
    }
  }

  private static PrivateKeyInfo rsa(byte[] bytes) throws IOException {
    var algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    return new PrivateKeyInfo(algorithm, ASN1Primitive.fromByteArray(bytes));
  }

  private static PrivateKeyInfo curve(byte[] bytes) throws IOException {
    ECPrivateKey key = ECPrivateKey.getInstance(bytes);
    var algorithm =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject());
    return new PrivateKeyInfo(algorithm, key);
  }

  private static String algorithm(ASN1ObjectIdentifier id) throws InvalidKeyException {
    return switch (id.getId()) {
      case "1.2.840.113549.1.1.1" -> "RSA";
      case "1.2.840.113549.1.1.10" -> "RSASSA-PSS";
      case "1.2.840.10045.2.1" -> "EC";
      case "1.3.101.112", "1.3.101.113" -> "EdDSA";
      default -> throw new InvalidKeyException("a kind of key that TLS doesn't know");
    };
  }
}
