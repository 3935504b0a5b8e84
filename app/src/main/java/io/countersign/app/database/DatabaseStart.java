package io.countersign.app.database;

import io.countersign.app.data.DataDirectory;
import io.countersign.app.settings.ServeSettings;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The database, on its way up beside everything else: PostgreSQL mostly waits for its disk, and the
 * rest of the start mostly computes. Prepared and locked is the data directory before anything in
 * it is touched.
 */
public final class DatabaseStart implements AutoCloseable {

  private final CompletableFuture<Started> started;
  private boolean taken;

  private DatabaseStart(CompletableFuture<Started> started) {
    this.started = started;
  }

  /** What is there in the end. */
  private record Started(
      DataDirectory directory, DataDirectory.Lock lock, RunningDatabase database) {}

  /** Begins; what goes wrong is told to who waits for it. */
  public static DatabaseStart begin(ServeSettings settings) {
    var started = new CompletableFuture<Started>();
    Thread.ofPlatform()
        .name("database start")
        .start(
            () -> {
              try {
                started.complete(start(settings));
              } catch (RuntimeException | Error e) {
                started.completeExceptionally(e);
              }
            });
    return new DatabaseStart(started);
  }

  private static Started start(ServeSettings settings) {
    DataDirectory directory = new DataDirectory(settings.data()).prepared();
    DataDirectory.Lock lock = directory.lock();
    try {
      RunningDatabase database =
          settings
              .database()
              .external()
              .<RunningDatabase>map(RunningDatabase.External::new)
              .orElseGet(() -> EmbeddedDatabase.start(directory, settings.database().embedded()));
      return new Started(directory, lock, database);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  /** Waits for it. From now on it is stopped by whoever asked. */
  RunningDatabase database() {
    RunningDatabase database = await().database();
    taken = true;
    return database;
  }

  DataDirectory directory() {
    return await().directory();
  }

  DataDirectory.Lock lock() {
    return await().lock();
  }

  private Started await() {
    try {
      return started.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Stops what came up for a start that failed before anybody took it. */
  @Override
  public void close() {
    if (taken) {
      return;
    }
    Started left;
    try {
      left = started.join();
    } catch (CompletionException e) {
      return; // nothing came up
    }
    try {
      left.database().close();
    } finally {
      release(left.lock());
    }
  }

  private static void release(DataDirectory.Lock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot let go of the data directory", e);
    }
  }
}
