package io.countersign.audit.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * A disk on which power fails before a chosen step. What was not flushed by then is gone: bytes
 * that were written, and names that were given.
 */
public final class FailingDisk extends Disk {

  private final Set<Path> unflushedBytes = new HashSet<>();
  private final Deque<Renamed> unflushedNames = new ArrayDeque<>();
  private final boolean powerFails;
  private int left;

  /**
   * Fails before a step.
   *
   * @param step from 0
   * @param powerFails what was not flushed is lost; otherwise only the process dies
   */
  public FailingDisk(int step, boolean powerFails) {
    this.left = step;
    this.powerFails = powerFails;
  }

  /** A published log on this disk. */
  public PublishedLog publishedLog(Path folder) {
    return new PublishedLog(folder, this);
  }

  /** A folder of whole files on this disk. */
  public DurableFolder durableFolder(Path folder) {
    return new DurableFolder(folder, this);
  }

  private record Renamed(Path folder, Path to, byte[] before) {}

  /** The process is dead. */
  public static final class Died extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private void step() throws IOException {
    if (left-- > 0) {
      return;
    }
    if (powerFails) {
      while (!unflushedNames.isEmpty()) {
        Renamed last = unflushedNames.pop();
        if (last.before().length == 0) {
          Files.deleteIfExists(last.to());
        } else {
          Files.write(last.to(), last.before());
        }
      }
      for (Path file : unflushedBytes) {
        if (Files.exists(file)) {
          Files.write(file, new byte[0]);
        }
      }
    }
    throw new Died();
  }

  @Override
  void write(Path file, byte[] bytes) throws IOException {
    step();
    super.write(file, bytes);
    unflushedBytes.add(file);
  }

  @Override
  void flush(Path fileOrFolder) throws IOException {
    step();
    super.flush(fileOrFolder);
    unflushedBytes.remove(fileOrFolder);
    unflushedNames.removeIf(renamed -> renamed.folder().equals(fileOrFolder));
  }

  @Override
  void rename(Path from, Path to) throws IOException {
    step();
    byte[] before = Files.exists(to) ? Files.readAllBytes(to) : new byte[0];
    super.rename(from, to);
    if (unflushedBytes.remove(from)) {
      unflushedBytes.add(to);
    }
    unflushedNames.push(new Renamed(to.getParent(), to, before));
  }

  @Override
  void delete(Path path) throws IOException {
    step();
    super.delete(path);
  }
}
