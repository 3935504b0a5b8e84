package io.countersign.audit.key;

import io.countersign.auditlog.note.SignatureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Keys in files: {@code log.key}, and after rotations {@code log.key.2}, {@code log.key.3}, ... A
 * retired one may be removed.
 *
 * @param first the first file
 * @param type what the keys sign
 */
public record KeyFiles(Path first, SignatureType type) implements KeySource {

  @Override
  public List<KeyPair> keys() {
    return numbers().map(number -> file(number).read()).toList();
  }

  @Override
  public KeyPair create() {
    return file(numbers().reduce(0, Math::max) + 1).create();
  }

  /** Of the files that are there, ascending. */
  private Stream<Integer> numbers() {
    Path folder = Objects.requireNonNull(first.toAbsolutePath().getParent());
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(this::number).filter(number -> number > 0).sorted().toList().stream();
    } catch (IOException e) {
      throw new LogKeyException("the folder of the log's key cannot be read: " + folder, e);
    }
  }

  /** 0: none of ours. */
  private int number(Path file) {
    String name = file.getFileName().toString();
    String ours = first.getFileName().toString();
    if (name.equals(ours)) {
      return 1;
    }
    return name.startsWith(ours)
            && name.substring(ours.length()).matches("\\.([2-9]|[1-9][0-9]{1,5})")
        ? Integer.parseInt(name.substring(ours.length() + 1))
        : 0;
  }

  private LogKeyFile file(int number) {
    return new LogKeyFile(
        number == 1 ? first : first.resolveSibling(first.getFileName() + "." + number), type);
  }

  @Override
  public String place() {
    return first.toString();
  }
}
