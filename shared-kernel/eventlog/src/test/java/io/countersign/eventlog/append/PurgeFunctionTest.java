package io.countersign.eventlog.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.purge.Payloads;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the database lets somebody change in the log: a payload, to what an event says is left. */
class PurgeFunctionTest extends CommitterFixture {

  private static final String SECRET = "{\"text\":\"ciphertext\"}";
  private static final String LEFT = "{\"text\":\"\"}";
  private static final String TWO = "[\"principal:ben\",\"principal:cleo\"]";

  @Override
  @AfterEach
  void stop() {
    committer.close();
    database.close(); // a log with a purged payload is not what it was written as
  }

  @Test
  void thePayloadBecomesWhatTheEventSaysIsLeftAndNothingElseChanges() throws Exception {
    append("workitem.Commented", SECRET);
    append("workitem.Commented", SECRET);
    append("privacy.PayloadPurged", said(0, digest(SECRET), LEFT, TWO));
    database.execute("create table before as select * from eventlog.entry");

    assertThat(new Payloads(database.pool()).purge(2)).isTrue();
    assertThat(payload(0)).isEqualTo(LEFT);
    assertThat(payload(1)).isEqualTo(SECRET);
    assertThat(new Payloads(database.pool()).purge(2)).as("again").isFalse();
    assertThat(
            database.number(
                "select count(*) from eventlog.entry e join before b using (index)"
                    + " where to_jsonb(e) - 'payload' = to_jsonb(b) - 'payload'"))
        .isEqualTo(3);
  }

  @Test
  void withoutSuchAnEventNothingIsRemoved() {
    append("workitem.Commented", SECRET);
    append("workitem.Commented", said(0, digest(SECRET), LEFT, TWO));
    refused(1, "does not say that a payload is purged");
    refused(7, "does not say that a payload is purged");
    refusedToExecute("update eventlog.entry set payload = '' where index = 0");
    refusedToExecute("delete from eventlog.entry");
    refusedToExecute("truncate eventlog.entry");
    assertThat(payload(0)).isEqualTo(SECRET);
  }

  @Test
  void anEventAboutAnotherPayloadOrApprovedByTooFewAllowsNothing() {
    append("workitem.Commented", SECRET);
    append("privacy.PayloadPurged", said(0, digest("another"), LEFT, TWO));
    append("privacy.PayloadPurged", said(0, digest(SECRET), LEFT, "[\"principal:ben\"]"));
    append(
        "privacy.PayloadPurged",
        said(0, digest(SECRET), LEFT, "[\"principal:ben\",\"principal:ann\",\"principal:ben\"]"));
    for (int by = 1; by <= 3; by++) {
      refused(by, "does not allow this change of entry 0");
    }
    assertThat(payload(0)).isEqualTo(SECRET);
  }

  @Test
  void whatTheLogSaysAboutItselfStays() {
    for (String name : List.of("auditlog.KeyIntroduced", "privacy.SubjectErased")) {
      append(name, SECRET);
      long last = database.number("select max(index) from eventlog.entry");
      append("privacy.PayloadPurged", said(last, digest(SECRET), LEFT, TWO));
      refused(last + 1, "does not allow this change of entry " + last);
    }
  }

  @Test
  void whoNamesTheEventByHandGetsNoFurther() {
    append("workitem.Commented", SECRET);
    append("privacy.PayloadPurged", said(0, digest(SECRET), LEFT, TWO));
    String by = "set countersign.purged_by = '1'; ";
    refusedToExecute(by + "update eventlog.entry set payload = 'x' where index = 0");
    refusedToExecute(
        by + "update eventlog.entry set actor = 'x', payload = '" + LEFT + "' where index = 0");
    refusedToExecute(by + "update eventlog.entry set payload = '" + LEFT + "' where index = 1");
    refusedToExecute(by + "delete from eventlog.entry");
    refusedToExecute(by + "update eventlog.log set log_id = gen_random_uuid()");
    assertThat(payload(0)).isEqualTo(SECRET);
  }

  private void append(String name, String payload) {
    NewEntry entry = Entries.entry("a" + UUID.randomUUID(), 0);
    committer.append(
        List.of(
            new NewEntry(
                entry.aggregateType(),
                entry.aggregateId(),
                0,
                entry.eventId(),
                name,
                "1",
                entry.occurredMicros(),
                "source:test",
                "c",
                "c",
                payload.getBytes(StandardCharsets.UTF_8),
                entry.metadata(),
                Set.of())));
  }

  private static String said(long index, String digest, String remains, String approvedBy) {
    return "{\"index\":%d,\"digest\":\"%s\",\"remains\":\"%s\",\"requestedBy\":\"principal:ann\",\"approvedBy\":%s}"
        .formatted(index, digest, remains.replace("\"", "\\\""), approvedBy);
  }

  private static String digest(String payload) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(payload.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private String payload(long index) {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select convert_from(payload, 'UTF8') from eventlog.entry where index = "
                    + index)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refused(long by, String why) {
    assertThatThrownBy(() -> new Payloads(database.pool()).purge(by))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(why);
  }

  private void refusedToExecute(String sql) {
    assertThatThrownBy(
            () -> {
              try (var connection = database.pool().getConnection();
                  var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(sql);
              }
            })
        .as(sql)
        .hasMessageContaining("append only");
  }
}
