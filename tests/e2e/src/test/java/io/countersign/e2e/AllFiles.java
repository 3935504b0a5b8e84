package io.countersign.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All files of a data directory, as somebody sees them who has the disk. */
final class AllFiles {

  private AllFiles() {}

  /** Which files hold these bytes. */
  static List<String> holding(Path data, byte[] sought) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try {
          if (holds(Files.readAllBytes(file), sought)) {
            found.add(data.relativize(file).toString());
          }
        } catch (NoSuchFileException e) {
          // PostgreSQL removed it meanwhile
        }
      }
    }
    return found;
  }

  private static boolean holds(byte[] bytes, byte[] sought) {
    outer:
    for (int i = 0; i <= bytes.length - sought.length; i++) {
      for (int j = 0; j < sought.length; j++) {
        if (bytes[i + j] != sought[j]) {
          continue outer;
        }
      }
      return true;
    }
    return false;
  }

  /** A person's key as it is stored, wrapped by the master key; on the disk when this returns. */
  static byte[] wrappedKey(Path data, String subject) throws SQLException, IOException {
    try (Connection connection = connect(data);
        var statement = connection.createStatement()) {
      statement.execute("checkpoint");
      try (var rows =
          statement.executeQuery(
              "select wrapped from eventlog.data_key where owner = 'person:" + subject + "'")) {
        rows.next();
        return rows.getBytes(1);
      }
    }
  }

  /** Has the database write all it has to its files. */
  static void checkpoint(Path data) throws SQLException, IOException {
    try (Connection connection = connect(data);
        var statement = connection.createStatement()) {
      statement.execute("checkpoint");
    }
  }

  /**
   * What weeks do to a database in use: dead rows are removed, pages rewritten, and every segment
   * of the write-ahead log is used again. A segment that waits to be used again still holds what it
   * held; that is why certificates name a day.
   */
  static void asTimeDoes(Path data) throws SQLException, IOException {
    try (Connection connection = connect(data);
        var statement = connection.createStatement()) {
      statement.execute("vacuum full");
      statement.execute("checkpoint");
      long segments;
      try (Stream<Path> files = Files.list(data.resolve("postgres/pg_wal"))) {
        segments = files.filter(Files::isRegularFile).count();
      }
      statement.execute("create table public.time (passes int)");
      for (long i = 0; i < segments + 2; i++) {
        statement.execute("insert into public.time values (1)");
        statement.execute("select pg_switch_wal()");
        statement.execute("checkpoint");
      }
      statement.execute("drop table public.time");
    }
  }

  private static Connection connect(Path data) throws SQLException, IOException {
    String port = Files.readString(data.resolve("postgres.port")).strip();
    String password = Files.readString(data.resolve("postgres.password")).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/countersign", "postgres", password);
  }
}
