package io.countersign.audit.key;

import io.countersign.auditlog.note.SignatureType;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keys in files: {@code log.key}, and after rotations {@code log.key.2}, {@code log.key.3}, ... A
 * retired one may be removed.
 *
 * @param first the first file
 * @param type what the keys sign
 */
public record KeyFiles(Path first, SignatureType type) implements KeySource {

  private static final int MOST = 1_000;

  @Override
  public List<KeyPair> keys() {
    return IntStream.rangeClosed(1, MOST)
        .mapToObj(this::file)
        .filter(LogKeyFile::exists)
        .map(LogKeyFile::read)
        .toList();
  }

  @Override
  public KeyPair create() {
    int last = IntStream.rangeClosed(1, MOST).filter(n -> file(n).exists()).max().orElse(0);
    return file(last + 1).create();
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
