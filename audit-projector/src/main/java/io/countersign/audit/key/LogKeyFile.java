package io.countersign.audit.key;

import io.countersign.auditlog.note.SignatureType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Objects;

/**
 * The file of one of the log's keys: PKCS #8 and SubjectPublicKeyInfo as PEM, readable by its owner
 * only. It is kept outside the database, so that who owns the database cannot sign.
 *
 * @param path where
 * @param type what it signs
 */
public record LogKeyFile(Path path, SignatureType type) {

  /** An Ed25519 key. */
  public LogKeyFile(Path path) {
    this(path, SignatureType.ED25519);
  }

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
      KeyPair keys = KeyPairGenerator.getInstance(type.algorithm()).generateKeyPair();
      Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
      Files.createDirectories(folder);
      Path draft =
          Files.createTempFile(
              folder,
              ".key",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, KeyPem.text(keys));
      flush(draft);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
      flush(folder);
      return keys;
    } catch (IOException e) {
      throw new LogKeyException("the log's key cannot be written to " + path, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + type.algorithm(), e);
    }
  }

  /**
   * Reads the key and checks that its two halves belong together.
   *
   * @throws LogKeyException when there is none, or the file is something else
   */
  public KeyPair read() {
    try {
      List<KeyPair> pairs = KeyPem.read(Files.readString(path), type);
      if (pairs.size() != 1) {
        throw notAKey();
      }
      if (!KeyPem.belongTogether(pairs.getFirst(), type)) {
        throw new LogKeyException("the two halves of the key in " + path + " do not match");
      }
      return pairs.getFirst();
    } catch (IOException e) {
      throw new LogKeyException("the log's key cannot be read from " + path, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw notAKey(); // without the cause, which may quote what it read
    }
  }

  private LogKeyException notAKey() {
    return new LogKeyException(
        "the file %s does not hold an %s key as PEM".formatted(path, type.algorithm()));
  }

  private static void flush(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
