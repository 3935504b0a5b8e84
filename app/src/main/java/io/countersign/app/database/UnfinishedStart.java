package io.countersign.app.database;

import io.countersign.app.StartRefused;
import io.countersign.app.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A first start that was killed half way. A mark is set before its first file and taken away when
 * the database let us in; schemas, keys and deliveries come later still. So what lies under the
 * mark was never relied on by anybody: it is removed, and the start begins anew.
 */
final class UnfinishedStart {

  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedStart.class);

  private UnfinishedStart() {}

  /** Removes what a killed first start left; whether there was such a thing. */
  static boolean isRemoved(DataDirectory directory) {
    if (!Files.exists(directory.unfinishedFile()) || Files.exists(directory.databasePortFile())) {
      return false;
    }
    LOG.info("the first start was interrupted before anything was stored: beginning anew");
    try {
      endPrograms(directory.binaries());
      if (Files.exists(directory.cluster())) {
        try (var files = Files.walk(directory.cluster())) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      return true;
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new StartRefused(
          "the first start was interrupted and left %s, which cannot be removed: remove it"
              .formatted(directory.cluster()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("interrupted while removing what an interrupted start left", e);
    }
  }

  /** Sets the mark, unless there is a database already. */
  static void begin(DataDirectory directory) {
    try {
      if (!Files.exists(directory.cluster())) {
        Files.writeString(directory.unfinishedFile(), "");
      }
    } catch (IOException e) {
      throw new StartRefused("cannot write the file " + directory.unfinishedFile(), e);
    }
  }

  /** Takes the mark away. */
  static void succeeded(DataDirectory directory) throws IOException {
    Files.deleteIfExists(directory.unfinishedFile());
  }

  /** {@code initdb} and its children outlive a killed starter. */
  private static void endPrograms(Path binaries)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    if (!Files.isDirectory(binaries)) {
      return;
    }
    Path real = binaries.toRealPath();
    var ours =
        ProcessHandle.allProcesses()
            .filter(
                p -> p.info().command().map(Path::of).filter(c -> c.startsWith(real)).isPresent())
            .toList();
    for (ProcessHandle process : ours) {
      process.destroyForcibly();
    }
    for (ProcessHandle process : ours) {
      process.onExit().get(10, TimeUnit.SECONDS);
    }
  }
}
