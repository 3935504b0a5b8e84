package io.countersign.app.cli;

import io.countersign.app.data.DataDirectory;
import io.countersign.app.database.EmbeddedDatabase;
import io.countersign.app.database.RunningDatabase;
import io.countersign.app.settings.DatabaseSettings;
import io.countersign.app.settings.EmbeddedSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command that works on the database itself finds it, whether a server runs or not. */
final class DatabaseOptions {

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "The server's PostgreSQL, when it is not the embedded one.",
      defaultValue = "${env:COUNTERSIGN_DATABASE_URL}")
  @Nullable String url;

  @Option(
      names = "--database-user",
      paramLabel = "NAME",
      description = "Role in that database. Default: countersign.",
      defaultValue = "${env:COUNTERSIGN_DATABASE_USER:-countersign}")
  String user = "countersign";

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "File with the password of that role. Else $COUNTERSIGN_DATABASE_PASSWORD.",
      defaultValue = "${env:COUNTERSIGN_DATABASE_PASSWORD_FILE}")
  @Nullable Path passwordFile;

  DatabaseOptions() {}

  /** The database for reading and writing; an embedded one is started when no server runs. */
  RunningDatabase open(DataDirectory directory) {
    return open(
        directory, () -> EmbeddedDatabase.start(directory.prepared(), new EmbeddedSettings(0, 20)));
  }

  /** The database for reading only; an embedded one is started when no server runs. */
  RunningDatabase openReadOnly(DataDirectory directory) {
    return open(directory, () -> EmbeddedDatabase.startReadOnly(directory));
  }

  private RunningDatabase open(DataDirectory directory, Supplier<RunningDatabase> start) {
    var settings =
        new DatabaseSettings(
            url,
            user,
            System.getenv("COUNTERSIGN_DATABASE_PASSWORD"),
            passwordFile,
            1,
            1,
            Duration.ofSeconds(5),
            false,
            new EmbeddedSettings(0, 20));
    var external = settings.external();
    if (external.isPresent()) {
      return new RunningDatabase.External(external.get());
    }
    if (!Files.isDirectory(directory.path())) {
      throw new CommandFailed("there is no data directory %s (--data)".formatted(directory.path()));
    }
    if (!Files.exists(directory.databasePortFile())) {
      throw new CommandFailed(
          "there is no embedded database in %s: give --database-url, or start the server once"
              .formatted(directory.path()));
    }
    Optional<DataDirectory.Lock> lock = directory.tryLock();
    return lock.isEmpty()
        ? new RunningDatabase.External(EmbeddedDatabase.addressOfRunning(directory))
        : startLocked(lock.get(), start);
  }

  private static RunningDatabase startLocked(
      DataDirectory.Lock lock, Supplier<RunningDatabase> start) {
    try {
      return new Locked(start.get(), lock);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  private static void release(DataDirectory.Lock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A database we started, with the lock that let us. */
  private record Locked(RunningDatabase database, DataDirectory.Lock lock)
      implements RunningDatabase {

    @Override
    public io.countersign.eventlog.database.DatabaseAddress address() {
      return database.address();
    }

    @Override
    public String place() {
      return database.place();
    }

    @Override
    public void close() {
      try {
        database.close();
      } finally {
        release(lock);
      }
    }
  }
}
