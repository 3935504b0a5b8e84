package io.countersign.audit.scrub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * How far a round is, in a small file. It is a convenience: one that is lost or wrong costs a round
 * its first part, and the next round begins at 0.
 *
 * @param file where
 */
record ScrubPosition(Path file) {

  /** The next index to verify. */
  long read() throws IOException {
    try {
      String text = Files.readString(file).strip();
      return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    } catch (NoSuchFileException _) {
      return 0;
    }
  }

  void write(long next) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Files.createDirectories(folder);
    Path draft = folder.resolve(file.getFileName() + ".draft");
    Files.writeString(draft, next + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
