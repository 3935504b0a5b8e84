package io.countersign.audit.key;

import io.countersign.auditlog.note.SignatureType;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Key pairs as PEM: each as PKCS #8 and SubjectPublicKeyInfo, in either order. */
final class KeyPem {

  private static final Pattern PART =
      Pattern.compile(
          "-----BEGIN (PRIVATE|PUBLIC) KEY-----\\s+([A-Za-z0-9+/=\\s]+?)-----END \\1 KEY-----");

  private KeyPem() {}

  /**
   * Reads all pairs.
   *
   * @throws IllegalArgumentException when a part has no counterpart, or is no key
   */
  static List<KeyPair> read(String text, SignatureType type) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance(type.algorithm());
    var secrets = new ArrayList<PrivateKey>();
    var opens = new ArrayList<PublicKey>();
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      byte[] bytes = Base64.getMimeDecoder().decode(parts.group(2));
      if (parts.group(1).equals("PRIVATE")) {
        secrets.add(factory.generatePrivate(new PKCS8EncodedKeySpec(bytes)));
      } else {
        opens.add(factory.generatePublic(new X509EncodedKeySpec(bytes)));
      }
    }
    if (secrets.size() != opens.size()) {
      throw new IllegalArgumentException("a part has no counterpart");
    }
    var pairs = new ArrayList<KeyPair>();
    for (int i = 0; i < secrets.size(); i++) {
      pairs.add(new KeyPair(opens.get(i), secrets.get(i)));
    }
    return pairs;
  }

  static boolean belongTogether(KeyPair keys, SignatureType type) throws GeneralSecurityException {
    byte[] probe = {1};
    Signature signature = Signature.getInstance(type.algorithm());
    signature.initSign(keys.getPrivate());
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(keys.getPublic());
    signature.update(probe);
    return signature.verify(signed);
  }

  static String text(KeyPair keys) {
    return part("PRIVATE", keys.getPrivate().getEncoded())
        + part("PUBLIC", keys.getPublic().getEncoded());
  }

  private static String part(String which, byte[] bytes) {
    return "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n"
        .formatted(which, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
  }
}
