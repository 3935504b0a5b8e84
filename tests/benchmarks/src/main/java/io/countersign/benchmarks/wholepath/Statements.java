package io.countersign.benchmarks.wholepath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts statements by the server's own log: the binaries carry no pg_stat_statements. Only for a
 * throw-away server, whose log may hold statements.
 */
final class Statements {

  private static final Pattern EXECUTED =
      Pattern.compile("LOG:  (?:execute [^:]+|statement): (.{0,110}).*", Pattern.DOTALL);

  private final ServerUnderLoad server;
  private final Map<Path, Long> before = new HashMap<>();

  Statements(ServerUnderLoad server) {
    this.server = server;
  }

  /** From now on statements are logged. */
  void start() throws SQLException, IOException {
    try (var files = Files.list(server.databaseLogs())) {
      for (Path file : files.toList()) {
        before.put(file, Files.size(file));
      }
    }
    set("all");
  }

  /** How often each was executed since, by its beginning. */
  Map<String, Integer> stop() throws SQLException, IOException {
    set("none");
    Map<String, Integer> counts = new HashMap<>();
    try (var files = Files.list(server.databaseLogs())) {
      for (Path file : files.toList()) {
        byte[] all = Files.readAllBytes(file);
        int from = Math.toIntExact(before.getOrDefault(file, 0L));
        String text =
            new String(all, from, all.length - from, java.nio.charset.StandardCharsets.UTF_8);
        for (String entry : text.split("\n(?=\\d{4}-)")) {
          Matcher matcher = EXECUTED.matcher(entry);
          if (matcher.find()) {
            counts.merge(matcher.group(1).replaceAll("\\s+", " ").strip(), 1, Integer::sum);
          }
        }
      }
    }
    return counts;
  }

  private void set(String what) throws SQLException, IOException {
    try (Connection connection = server.superuser();
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set log_statement = '" + what + "'");
      statement.execute("select pg_reload_conf()");
    }
  }
}
