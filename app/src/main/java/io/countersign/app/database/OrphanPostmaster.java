package io.countersign.app.database;

import io.countersign.app.StartRefused;
import io.countersign.app.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL a killed countersign left running. Whoever holds the lock of the data directory
 * may stop it: nobody else can be using it.
 */
final class OrphanPostmaster {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanPostmaster.class);

  private OrphanPostmaster() {}

  static void stop(DataDirectory directory) {
    Path file = directory.cluster().resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      long pid = Long.parseLong(lines.getFirst().strip());
      var process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
      if (process.isEmpty()) {
        return; // PostgreSQL itself sees that the file is stale
      }
      if (process.get().info().command().map(Path::of).filter(isOurs(directory)).isPresent()) {
        LOG.info("stopping the PostgreSQL that a killed countersign left running");
        interrupt(process.get());
      } else if (startedAfter(process.get(), Files.getLastModifiedTime(file).toInstant())) {
        Files.delete(file); // the process id was given to another program since, after a reboot
      } else {
        throw new StartRefused(
            "process %d seems to be a PostgreSQL that uses %s: stop it, then start again"
                .formatted(pid, directory.cluster()));
      }
    } catch (IOException | NumberFormatException e) {
      throw new StartRefused("cannot read or remove " + file, e);
    }
  }

  /** The system names a program by its real path, whatever links lead to the data directory. */
  private static java.util.function.Predicate<Path> isOurs(DataDirectory directory)
      throws IOException {
    if (!Files.isDirectory(directory.binaries())) {
      return _ -> false;
    }
    Path binaries = directory.binaries().toRealPath();
    return command -> command.startsWith(binaries);
  }

  private static boolean startedAfter(ProcessHandle process, Instant written) {
    return process.info().startInstant().filter(start -> start.isAfter(written)).isPresent();
  }

  /** SIGINT: PostgreSQL ends its sessions and writes a checkpoint. */
  private static void interrupt(ProcessHandle postmaster) throws IOException {
    try {
      new ProcessBuilder("sh", "-c", "kill -INT \"$0\"", Long.toString(postmaster.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      postmaster.onExit().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("interrupted while stopping PostgreSQL", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new StartRefused(
          "the PostgreSQL left running by a killed countersign (process %d) does not stop: stop it,"
                  .formatted(postmaster.pid())
              + " then start again",
          e);
    }
  }
}
