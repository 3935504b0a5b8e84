package io.countersign.audit.key;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file of the log's Ed25519 key: PKCS #8 and SubjectPublicKeyInfo as PEM, readable by its owner
 * only. It is kept outside the database, so that who owns the database cannot sign.
 *
 * @param path where
 */
public record LogKeyFile(Path path) {

  private static final String ALGORITHM = "Ed25519";
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (PRIVATE|PUBLIC) KEY-----\\s+([A-Za-z0-9+/=\\s]+?)-----END \\1 KEY-----");

  /** Whether the file is there. */
  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * Makes a key and writes it, whole or not at all, and on the disk when this returns.
   *
   * @throws LogKeyException when it cannot be written, or a file is there already
   */
  public KeyPair create() {
    if (exists()) {
      throw new LogKeyException("there is a key in " + path + " already; it is not replaced");
    }
    try {
      KeyPair keys = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
      Files.createDirectories(folder);
      Path draft =
          Files.createTempFile(
              folder,
              ".key",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          draft,
          pem("PRIVATE", keys.getPrivate().getEncoded())
              + pem("PUBLIC", keys.getPublic().getEncoded()));
      flush(draft);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
      flush(folder);
      return keys;
    } catch (IOException e) {
      throw new LogKeyException("the log's key cannot be written to " + path, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  /**
   * Reads the key and checks that its two halves belong together.
   *
   * @throws LogKeyException when there is none, or the file is something else
   */
  public KeyPair read() {
    try {
      String text = Files.readString(path);
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(part(text, "PRIVATE")));
      PublicKey open = factory.generatePublic(new X509EncodedKeySpec(part(text, "PUBLIC")));
      var keys = new KeyPair(open, secret);
      if (!belongTogether(keys)) {
        throw new LogKeyException("the two halves of the key in " + path + " do not match");
      }
      return keys;
    } catch (IOException e) {
      throw new LogKeyException("the log's key cannot be read from " + path, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // without the cause, which may quote what it read
      throw new LogKeyException("the file " + path + " does not hold an Ed25519 key as PEM");
    }
  }

  private static boolean belongTogether(KeyPair keys) throws GeneralSecurityException {
    byte[] probe = {1};
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(keys.getPrivate());
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(keys.getPublic());
    signature.update(probe);
    return signature.verify(signed);
  }

  private static byte[] part(String text, String which) {
    Matcher parts = PEM.matcher(text);
    while (parts.find()) {
      if (parts.group(1).equals(which)) {
        return Base64.getMimeDecoder().decode(parts.group(2));
      }
    }
    throw new IllegalArgumentException("no such part");
  }

  private static String pem(String which, byte[] bytes) {
    return "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n"
        .formatted(which, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
  }

  private static void flush(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
