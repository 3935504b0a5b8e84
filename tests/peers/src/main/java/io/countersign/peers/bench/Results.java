package io.countersign.peers.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What was measured: kept, written down at once as a line of JSON, and told to who waits. */
final class Results {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final List<Row> rows = new ArrayList<>();

  Results(Path directory) {
    this.file = directory.resolve("path.jsonl");
  }

  List<Row> rows() {
    return rows;
  }

  /** Says something beside the figures. */
  void note(String text) {
    System.out.println(text);
  }

  void add(Row row) throws IOException {
    rows.add(row);
    ObjectNode line = JSON.createObjectNode();
    line.put("contestant", row.contestant().label());
    line.put("load", row.load());
    line.put("round", row.round());
    row.values().forEach(line::put);
    Files.write(
        file,
        (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    if (row.values().containsKey("durable/s")) {
      System.out.printf(
          Locale.ROOT,
          "  round %d  %-12s %-12s %,8.0f durable/s%n",
          row.round(),
          row.contestant().label(),
          row.load(),
          row.values().get("durable/s"));
    }
  }

  /** What must not be: something acknowledged that is not there. */
  List<String> violations() {
    return rows.stream()
        .filter(row -> row.values().getOrDefault("missing", 0.0) > 0)
        .map(
            row ->
                "%s, %s: %,.0f acknowledged and missing"
                    .formatted(row.contestant().label(), row.load(), row.values().get("missing")))
        .toList();
  }
}
