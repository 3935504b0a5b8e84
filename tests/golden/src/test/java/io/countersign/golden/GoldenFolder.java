package io.countersign.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of one version of the catalogue: the log, the root of its tree, and a document for each
 * version of an aggregate's state and of a projection.
 */
final class GoldenFolder {

  private final Path folder;
  private final boolean released;

  /** For a version. */
  GoldenFolder(Path golden, int version, int newestReleased) {
    this.folder = golden.resolve("v" + version);
    this.released = version <= newestReleased;
  }

  List<StoredLine> log() {
    return StoredLine.read(text("log.jsonl"));
  }

  String text(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("a golden file is missing: " + name, e);
    }
  }

  boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  /** Whether there is a document of the states of this kind of aggregate. */
  boolean hasState(String aggregateType) {
    try (Stream<Path> files = Files.list(folder.resolve("states"))) {
      return files.anyMatch(
          file -> file.getFileName().toString().matches(aggregateType + "-[0-9]+\\.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a file. Of a released version nothing is replaced; what is new may be added, as the rows
   * of a projection that did not exist then.
   *
   * @throws IllegalStateException when it is there with another content and released
   */
  void write(String name, String text) {
    if (has(name) && text(name).equals(text)) {
      return;
    }
    if (released && (has(name) || name.equals("log.jsonl"))) {
      throw new IllegalStateException(
          "%s/%s belongs to a released version of the catalogue and never changes"
              .formatted(folder.getFileName(), name));
    }
    try {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
