package io.countersign.audit.publish;

import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.tile.TilePath;
import io.countersign.auditlog.tile.TileSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder in the layout of C2SP tlog-tiles: {@code checkpoint}, {@code tile/...}, and {@code vkey}
 * and {@code keys} with what verifies. It can be copied or served as it is at any time: files
 * appear whole and on the disk, and the checkpoint names only what lies there before it. Who holds
 * the lock seals on one thread; others of the same process may add signatures to what is published.
 */
public final class PublishedLog implements TileSource {

  /** File of the newest checkpoint. */
  private static final String CHECKPOINT = "checkpoint";

  private static final String DRAFT = ".draft";

  private final Path first;
  private final Disk disk;
  private final Set<Path> renamedIn = new HashSet<>();
  private final Set<Path> needless = new HashSet<>();
  private @Nullable Lock held;
  private volatile Path folder;

  /** A folder, which need not be there yet. */
  public PublishedLog(Path folder) {
    this(folder, new Disk());
  }

  PublishedLog(Path folder, Disk disk) {
    this.first = folder.toAbsolutePath().normalize();
    this.folder = first;
    this.disk = disk;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /**
   * Goes on in another folder: the log was begun anew, and what was published before stays as it
   * is. Only for who holds the lock, which remains that of the first folder.
   */
  public void moveTo(Path other) {
    folder = other.toAbsolutePath().normalize();
    renamedIn.clear();
    needless.clear();
  }

  @Override
  public byte[] read(TilePath path) throws IOException {
    return Files.readAllBytes(folder.resolve(path.toString()));
  }

  /** Whether there is such a file. */
  boolean holds(TilePath path) {
    return Files.isRegularFile(folder.resolve(path.toString()));
  }

  /**
   * Writes a tile or bundle. It is on the disk for certain only after {@link #flush}. A full one
   * makes the partial ones of its place needless: they are removed with the next checkpoint, for
   * the one before may still name them.
   */
  public synchronized void write(TilePath path, byte[] bytes) throws IOException {
    Path file = folder.resolve(path.toString());
    if (holds(file, bytes)) {
      renamedIn.add(parent(file)); // perhaps by somebody who died before it was flushed
      return;
    }
    put(file, bytes);
    if (path.isFull()) {
      needless.add(parent(file).resolve(file.getFileName() + ".p"));
    }
  }

  /** Waits until the names of all that was written are on the disk. */
  public synchronized void flush() throws IOException {
    var folders = new HashSet<Path>();
    for (Path written : renamedIn) {
      for (Path at = written; at != null && at.startsWith(folder); at = at.getParent()) {
        folders.add(at);
      }
    }
    for (Path one : folders) {
      disk.flush(one);
    }
    renamedIn.clear();
  }

  /** The checkpoint that was published last. */
  public Optional<SignedNote> checkpoint() throws IOException, NoteFormatException {
    try {
      return Optional.of(SignedNote.parse(Files.readAllBytes(folder.resolve(CHECKPOINT))));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Replaces the checkpoint, after everything that was written is on the disk. */
  public synchronized void publish(SignedNote checkpoint) throws IOException {
    flush();
    put(folder.resolve(CHECKPOINT), checkpoint.bytes());
    flush();
    for (Path partial : needless) {
      removePartial(partial);
    }
    needless.clear();
  }

  /** Writes a small file beside the checkpoint; it is on the disk when this returns. */
  public synchronized void write(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve(name);
    if (!holds(file, bytes)) {
      put(file, bytes);
    }
    renamedIn.add(parent(file));
    flush();
    disk.flush(parent(folder)); // the folder's own name, when it is new
  }

  /** What such a file holds. */
  public Optional<String> read(String name) throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve(name)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Removes such a file. */
  public void remove(String name) throws IOException {
    Path file = folder.resolve(name);
    disk.delete(file);
    disk.flush(parent(file));
  }

  /**
   * Adds signatures of others to the checkpoint that is published. Its text and its own signatures
   * stay, so nobody sees another tree. Whoever asked others meanwhile may come too late: then
   * another checkpoint stands there, or this part does not hold the lock any more, and nothing is
   * done.
   *
   * @param text of the checkpoint that they signed
   * @return whether they were added
   */
  public synchronized boolean cosign(String text, List<NoteSignature> signatures)
      throws IOException, NoteFormatException {
    SignedNote current = held == null ? null : checkpoint().orElse(null);
    if (current == null || !current.text().equals(text)) {
      return false;
    }
    var all = new ArrayList<>(current.signatures());
    all.removeIf(old -> signatures.stream().anyMatch(more -> isOfSameKey(old, more)));
    all.addAll(signatures);
    put(folder.resolve(CHECKPOINT), new SignedNote(text, all).bytes());
    flush();
    return true;
  }

  private static boolean isOfSameKey(NoteSignature one, NoteSignature other) {
    return one.keyId() == other.keyId() && one.name().equals(other.name());
  }

  /**
   * Takes the right to write here and in the folders that follow, until closed or until the process
   * ends.
   *
   * @return nothing while another process, or another part of this one, has it
   */
  public synchronized Optional<Lock> tryLock() throws IOException {
    disk.makeFolder(first);
    Optional<Lock> taken = FolderLock.tryTake(first).map(Lock::new);
    taken.ifPresent(lock -> held = lock);
    return taken;
  }

  /** The right to write. */
  public final class Lock implements AutoCloseable {

    private final FolderLock lock;

    private Lock(FolderLock lock) {
      this.lock = lock;
    }

    @Override
    public void close() throws IOException {
      synchronized (PublishedLog.this) {
        held = held == this ? null : held;
        lock.close();
      }
    }
  }

  private void put(Path file, byte[] bytes) throws IOException {
    Path parent = parent(file);
    disk.makeFolder(parent);
    Path draft = parent.resolve(file.getFileName() + DRAFT);
    disk.write(draft, bytes);
    disk.flush(draft);
    disk.rename(draft, file);
    renamedIn.add(parent);
  }

  private void removePartial(Path partial) throws IOException {
    if (!Files.isDirectory(partial)) {
      return;
    }
    try (Stream<Path> files = Files.list(partial)) {
      for (Path file : files.toList()) {
        disk.delete(file);
      }
    }
    disk.delete(partial);
  }

  private static boolean holds(Path file, byte[] bytes) throws IOException {
    return Files.exists(file)
        && Files.size(file) == bytes.length
        && Arrays.equals(Files.readAllBytes(file), bytes);
  }

  private static Path parent(Path file) {
    return Objects.requireNonNull(file.getParent());
  }
}
