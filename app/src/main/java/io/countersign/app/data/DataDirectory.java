package io.countersign.app.data;

import io.countersign.app.StartRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one node keeps what is its own: the embedded database, tokens and secrets. Readable by its
 * owner only.
 *
 * @param path absolute
 */
public record DataDirectory(Path path) {

  /**
   * Lock files of this process. They must not even be opened again: whenever a process closes a
   * file, POSIX takes all its locks on that file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Makes the path absolute. */
  public DataDirectory {
    path = path.toAbsolutePath().normalize();
  }

  /** Creates it when it is missing and checks that we may write there. */
  public DataDirectory prepared() {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path probe = Files.createTempFile(path, ".probe", "");
      Files.delete(probe);
      return this;
    } catch (IOException e) {
      throw new StartRefused(
          "cannot write to the data directory %s: give another with --data, or make it writable"
              .formatted(path),
          e);
    }
  }

  /** Secrets here that others than their owner can read; empty when all is well. */
  public List<Path> openToOthers() {
    return Stream.concat(
            Stream.of(operatorToken(), webhookSecret(), databasePassword()).map(SecretFile::path),
            logKeys())
        .filter(DataDirectory::isOpenToOthers)
        .toList();
  }

  /** After rotations there are several, and perhaps one of a second algorithm. */
  private Stream<Path> logKeys() {
    try (Stream<Path> files = Files.list(audit())) {
      return files
          .filter(file -> file.getFileName().toString().matches("log.*\\.key(\\.\\d+)?"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException _) {
      return Stream.empty(); // not a node with the role audit
    }
  }

  private static boolean isOpenToOthers(Path file) {
    try {
      return Files.exists(file)
          && Files.getPosixFilePermissions(file).stream()
              .anyMatch(permission -> !permission.name().startsWith("OWNER_"));
    } catch (IOException | UnsupportedOperationException e) {
      return false; // a file system without them
    }
  }

  /** The token of the first principal. */
  public SecretFile operatorToken() {
    return new SecretFile(path.resolve("operator.token"));
  }

  /** The password of the webhook, for the basic-auth user {@code azure-devops}. */
  public SecretFile webhookSecret() {
    return new SecretFile(path.resolve("webhook.secret"));
  }

  /** The password of the embedded database. */
  public SecretFile databasePassword() {
    return new SecretFile(path.resolve("postgres.password"));
  }

  /** The log's signing key and, unless it is elsewhere, the published log. */
  public Path audit() {
    return path.resolve("audit");
  }

  /** Where a running server says how to reach it. */
  public Path serverFile() {
    return path.resolve("server.json");
  }

  /** The files of the embedded database. */
  public Path cluster() {
    return path.resolve("postgres");
  }

  /** The unpacked programs of the embedded database. */
  public Path binaries() {
    return path.resolve("postgres-bin");
  }

  /** The port the embedded database was last started on; there once a first start succeeded. */
  public Path databasePortFile() {
    return path.resolve("postgres.port");
  }

  /** There from before the first files of the embedded database until its first start succeeded. */
  public Path unfinishedFile() {
    return path.resolve("postgres.unfinished");
  }

  /**
   * Locks it for this process, until closed or until the process ends.
   *
   * @throws StartRefused when another process has it, with the process's id
   */
  public Lock lock() {
    return tryLock()
        .orElseThrow(
            () ->
                new StartRefused(
                    ("another countersign%s is using the data directory %s: stop it, or give"
                            + " another directory with --data")
                        .formatted(holder(), path)));
  }

  /** As {@link #lock()}; nothing when another process has it, or this one already. */
  public Optional<Lock> tryLock() {
    Path file = path.resolve("countersign.lock");
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    Lock lock = null;
    try {
      lock = lock(file);
      return Optional.ofNullable(lock);
    } catch (IOException e) {
      throw new StartRefused("cannot lock the data directory with the file " + file, e);
    } finally {
      if (lock == null) {
        HELD.remove(file);
      }
    }
  }

  private static @Nullable Lock lock(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        channel.truncate(0);
        channel.write(
            StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())));
        return new Lock(file, channel);
      }
    } catch (OverlappingFileLockException e) {
      // held by this very process under another path: the answer is the same
    }
    channel.close();
    return null;
  }

  private String holder() {
    Path file = path.resolve("countersign.lock");
    if (HELD.contains(file)) {
      return " (process %d, this one)".formatted(ProcessHandle.current().pid());
    }
    try {
      return " (process %s)".formatted(Files.readString(file).strip());
    } catch (IOException e) {
      return "";
    }
  }

  /** The lock on a data directory. */
  public static final class Lock implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;

    private Lock(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      try {
        channel.close();
      } finally {
        HELD.remove(file);
      }
    }
  }
}
