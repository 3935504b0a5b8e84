package io.countersign.audit.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder of small files, each of which is there whole or not at all, and on the disk when {@link
 * #put} returns. What a file held before stays until then.
 */
public final class DurableFolder {

  private static final String DRAFT = ".draft";

  private final Path folder;
  private final Disk disk;

  /** A folder, which need not be there yet. */
  public DurableFolder(Path folder) {
    this(folder, new Disk());
  }

  DurableFolder(Path folder, Disk disk) {
    this.folder = folder.toAbsolutePath().normalize();
    this.disk = disk;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** Takes the right to write here. */
  public Optional<FolderLock> tryLock() throws IOException {
    disk.makeFolder(folder);
    return FolderLock.tryTake(folder);
  }

  /** What a file holds; nothing when it is not there. */
  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(name)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Writes a file, or replaces it. */
  public synchronized void put(String name, byte[] bytes) throws IOException {
    disk.makeFolder(folder);
    Path draft = folder.resolve(name + DRAFT);
    disk.write(draft, bytes);
    disk.flush(draft);
    disk.rename(draft, folder.resolve(name));
    disk.flush(folder);
  }
}
