package coffer.boot;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// An authority that lives as long as this object and issues certificates on P-256 keys. Used by
/// one thread.
final class DevIssuer {
  private static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
  private static final Duration AUTHORITY_LASTS = Duration.ofDays(3_650);
  private static final Duration SERVER_LASTS = Duration.ofDays(365);
  private static final int SERIAL_BITS = 159;

  private final X500Name name = named("Vault Dev CA");
  private final Instant now;
  private final SecureRandom random;
  private final KeyPair keys;
  private final byte[] certificate;

  /// What a server needs, both in DER, the key as PKCS #8.
  record Issued(byte[] certificate, byte[] privateKey) {
    /// Not the key.
    @Override
    public String toString() {
      return "Issued";
    }
  }

  DevIssuer(InstantSource time, SecureRandom random) throws GeneralSecurityException, IOException {
    this.now = time.instant();
    this.random = random;
    this.keys = pair();
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    certificate = issue(name, keys.getPublic(), AUTHORITY_LASTS, extensions);
  }

  private KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  /// The authority's own, in DER.
  byte[] certificate() {
    return certificate.clone();
  }

  /// For a server on this machine.
  Issued server(String host) throws GeneralSecurityException, IOException {
    KeyPair own = pair();
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    extensions.addExtension(Extension.subjectAlternativeName, false, names(host));
    byte[] issued = issue(named(host), own.getPublic(), SERVER_LASTS, extensions);
    return new Issued(issued, own.getPrivate().getEncoded());
  }

  private static X500Name named(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  private static GeneralNames names(String host) {
    String[] hosts = {"localhost", "localhost4", "localhost6", "localhost.localdomain", host};
    GeneralName[] names = new GeneralName[hosts.length + 2];
    for (int i = 0; i < hosts.length; i++) {
      names[i] = new GeneralName(GeneralName.dNSName, hosts[i]);
    }
    names[hosts.length] = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    names[hosts.length + 1] =
        new GeneralName(GeneralName.iPAddress, InetAddress.ofLiteral("::1").getHostAddress());
    return new GeneralNames(names);
  }

  private byte[] issue(
      X500Name subject, PublicKey key, Duration lasts, ExtensionsGenerator extensions)
      throws GeneralSecurityException, IOException {
    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(key.getEncoded());
    extensions.addExtension(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    extensions.addExtension(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(info)));
    SubjectPublicKeyInfo issuer = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
    extensions.addExtension(
        Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier(issuer)));
    var generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, random).setBit(0)));
    generator.setSignature(ALGORITHM);
    generator.setIssuer(name);
    generator.setSubject(subject);
    generator.setSubjectPublicKeyInfo(info);
    generator.setStartDate(new Time(Date.from(now.minus(CLOCKS_DIFFER))));
    generator.setEndDate(new Time(Date.from(now.plus(lasts))));
    generator.setExtensions(extensions.generate());
    return signed(generator.generateTBSCertificate(), keys.getPrivate());
  }

  private byte[] signed(TBSCertificate certified, PrivateKey key)
      throws GeneralSecurityException, IOException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key, random);
    signature.update(certified.getEncoded("DER"));
    var parts = new ASN1EncodableVector();
    parts.add(certified);
    parts.add(ALGORITHM);
    parts.add(new DERBitString(signature.sign()));
    return new DERSequence(parts).getEncoded("DER");
  }

  /// RFC 5280, 4.2.1.2, method 1.
  private static byte[] identifier(SubjectPublicKeyInfo info) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(info.getPublicKeyData().getBytes());
  }
}
