package io.countersign.app.data;

import io.countersign.app.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A file that holds one secret and that only its owner can read.
 *
 * @param path where
 */
public record SecretFile(Path path) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** 32 random bytes in letters, digits, minus and underscore. */
  public static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The secret, without surrounding white space; nothing when there is no file. */
  public Optional<String> read() {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(path).strip());
    } catch (IOException e) {
      throw new StartRefused("cannot read the file " + path, e);
    }
  }

  /** The secret; a random one is written when there is no file. */
  public String readOrCreate() {
    return read()
        .orElseGet(
            () -> {
              String secret = random();
              write(secret);
              return secret;
            });
  }

  /** Writes it, whole or not at all, readable by the owner only from the first byte on. */
  public void write(String secret) {
    try {
      Path draft =
          Files.createTempFile(
              path.toAbsolutePath().getParent(),
              ".secret",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, secret + "\n");
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StartRefused("cannot write the file " + path, e);
    }
  }
}
