package io.countersign.query.gate;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.query.reading.BlockingCalls;
import io.countersign.query.reading.Opening;
import io.r2dbc.spi.Readable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Reads gates through the views. */
public final class GateQuery {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** More than anybody looks at; the log has them all. */
  private static final int MOST = 1_000;

  private static final String FACTS =
      """
      select * from rm.gate_fact where work_item = :id order by first_index desc, kind, id limit :most
      """;

  private static final String DECISIONS =
      """
      select * from rm.gate_decision where work_item = :id order by entry_index desc limit :most
      """;

  private final DatabaseClient database;
  private final TextCipher cipher;
  private final BlockingCalls blocking;

  /** Reads from this database and opens with this cipher. */
  public GateQuery(DatabaseClient database, TextCipher cipher, BlockingCalls blocking) {
    this.database = database;
    this.cipher = cipher;
    this.blocking = blocking;
  }

  /** Gates of a work item; empty lists when nothing was brought or decided. */
  Mono<GateView> of(String workItem) {
    Mono<List<Row>> facts =
        database
            .sql(FACTS)
            .bind("id", workItem)
            .bind("most", MOST)
            .map(Row::of)
            .all()
            .collectList();
    Mono<List<GateView.Decision>> decisions =
        database
            .sql(DECISIONS)
            .bind("id", workItem)
            .bind("most", MOST)
            .map(GateQuery::decision)
            .all()
            .collectList();
    return Mono.zip(facts, decisions)
        .flatMap(
            both ->
                blocking.call(
                    () -> {
                      Opening opening = new Opening(cipher);
                      return new GateView(
                          workItem,
                          both.getT1().reversed().stream().map(row -> row.open(opening)).toList(),
                          both.getT2().reversed());
                    }));
  }

  private static GateView.Decision decision(Readable row) {
    return new GateView.Decision(
        required(row, "entry_index", Long.class),
        required(row, "from_state", String.class),
        required(row, "to_state", String.class),
        required(row, "policy", String.class),
        required(row, "policy_sha256", String.class),
        required(row, "allowed", Boolean.class),
        List.of(JSON.readValue(required(row, "missing", String.class), GateView.Missing[].class)),
        row.get("override_id", UUID.class),
        row.get("revision", Integer.class),
        required(row, "actor", String.class));
  }

  private static <T> T required(Readable row, String column, Class<T> type) {
    return Objects.requireNonNull(row.get(column, type), column);
  }

  /** A row whose words are still sealed. */
  private record Row(GateView.Fact fact, @Nullable String words) {

    static Row of(Readable row) {
      OffsetDateTime until = row.get("until_at", OffsetDateTime.class);
      String roles = row.get("roles", String.class);
      return new Row(
          new GateView.Fact(
              required(row, "kind", String.class),
              required(row, "id", String.class),
              row.get("name", String.class),
              row.get("from_state", String.class),
              row.get("to_state", String.class),
              row.get("status", String.class),
              row.get("revision", Integer.class),
              row.get("principal", String.class),
              row.get("person", UUID.class),
              roles == null || roles.isEmpty() ? List.of() : List.of(roles.split(",")),
              row.get("other_principal", String.class),
              row.get("digest", String.class),
              until == null ? null : until.toInstant(),
              null,
              row.get("first_index", Long.class)),
          row.get("words", String.class));
    }

    GateView.Fact open(Opening opening) {
      return new GateView.Fact(
          fact.kind(),
          fact.id(),
          fact.name(),
          fact.from(),
          fact.to(),
          fact.status(),
          fact.revision(),
          fact.principal(),
          fact.person(),
          fact.roles(),
          fact.other(),
          fact.digest(),
          fact.until(),
          opening.text(words),
          fact.index());
    }
  }
}
