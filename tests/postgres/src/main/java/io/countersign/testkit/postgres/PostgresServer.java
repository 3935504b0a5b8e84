package io.countersign.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server: started with the first database, durable as in production, thrown away at the end of
 * the JVM without the checkpoint an orderly stop would wait for.
 */
public final class PostgresServer {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresServer() {}

  /** A new, empty database; its name. */
  public static String newDatabase() {
    return newDatabase("template1");
  }

  /** A copy of a database nobody is connected to; its name. */
  public static String newDatabase(String template) {
    String name = "test_" + DATABASES.incrementAndGet();
    try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database %s template %s".formatted(name, template));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
    return name;
  }

  /** Where it listens, on 127.0.0.1. */
  public static int port() {
    return Server.INSTANCE.getPort();
  }

  /** JDBC URL of a database; user and password are {@code postgres}. */
  public static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  private static final class Server {

    static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        Path directory = Files.createTempDirectory("countersign-test-postgres");
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("encoding", "UTF8")
                .setRegisterShutdownHook(false)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> throwAway(directory)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot start PostgreSQL for tests", e);
      }
    }

    /**
     * SIGQUIT is PostgreSQL's immediate shutdown. The files of hundreds of databases are removed by
     * a process of its own: it may take half a minute, and nobody has to wait for it.
     */
    private static void throwAway(Path directory) {
      try {
        String pid = Files.readAllLines(directory.resolve("postmaster.pid")).getFirst().strip();
        new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
        ProcessHandle.of(Long.parseLong(pid))
            .ifPresent(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        new ProcessBuilder("rm", "-rf", directory.toString()).start();
      } catch (IOException | RuntimeException e) {
        System.err.println("the PostgreSQL for tests was not stopped: " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
