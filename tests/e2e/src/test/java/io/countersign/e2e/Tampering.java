package io.countersign.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Somebody with the database password changes the log by hand. */
final class Tampering {

  private Tampering() {}

  /** Flips one byte of a stored payload, as the superuser, past the triggers. */
  static void flipOneByteOfPayload(Path data, long index) throws SQLException, IOException {
    String port = Files.readString(data.resolve("postgres.port")).strip();
    String password = Files.readString(data.resolve("postgres.password")).strip();
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/countersign";
    try (Connection connection = DriverManager.getConnection(url, "postgres", password);
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      int changed =
          statement.executeUpdate(
              """
              update eventlog.entry
              set payload = set_byte(payload, octet_length(payload) / 2,
                get_byte(payload, octet_length(payload) / 2) # 1)
              where index = %d
              """
                  .formatted(index));
      if (changed != 1) {
        throw new AssertionError("there is no entry " + index);
      }
    }
  }
}
