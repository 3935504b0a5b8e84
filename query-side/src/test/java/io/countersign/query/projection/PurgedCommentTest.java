package io.countersign.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.kernel.Actor;
import io.countersign.kernel.privacy.LegalBasis;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import io.countersign.query.workitem.WorkItemProjection;
import io.countersign.testkit.projection.ReplayEquality;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a purge does to the read models. */
class PurgedCommentTest {

  private final HikariDataSource dataSource = RunningProjections.migrated();

  @AfterEach
  void close() {
    dataSource.close();
  }

  /** A replay finds the comments as the purge left them, a live projection saw them whole. */
  @Test
  void aPurgedCommentLosesItsTextAndTheRowsEqualAReplay() throws SQLException {
    List<Logged> live = new ArrayList<>(Histories.everyKind(5, 200));
    List<Logged> replay = new ArrayList<>();
    List<PayloadPurged> purges = new ArrayList<>();
    for (Logged logged : live) {
      Object event = logged.event();
      if (event instanceof WorkItemEvent.Commented comment) {
        SealedText erased = erased(comment.text());
        event = new WorkItemEvent.Commented(comment.workItem(), erased, comment.change());
        purges.add(purged(logged.index(), comment.workItem(), erased));
      }
      replay.add(new Logged(logged.index(), event, logged.provenance()));
    }
    assertThat(purges).isNotEmpty();
    for (PayloadPurged purged : purges) {
      var logged = new Logged(live.size(), purged, Histories.provenance("none"));
      live.add(logged);
      replay.add(logged);
    }
    try (RunningProjections running = new RunningProjections(dataSource)) {
      running.append(live);
      running.reach(live.size() - 1);
    }
    WorkItemProjection projection = new WorkItemProjection();
    new ReplayEquality<Logged>(
            dataSource,
            projection.schema(),
            (connection, schema, batch) -> {
              RowBuffer buffer = new RowBuffer(projection.tables());
              for (Logged logged : batch) {
                if (logged.event() instanceof WorkItemEvent event) {
                  buffer.add(
                      logged.index(), projection.on(logged.index(), event, logged.provenance()));
                } else if (logged.event() instanceof PayloadPurged purged) {
                  buffer.add(logged.index(), projection.onPurged(logged.index(), purged));
                }
              }
              buffer.flush(connection, schema);
            })
        .verify(replay);
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*), count(*) filter (where body like '%\"sealed\":\"\"}')"
                    + " from rm_workitem_v1.work_item_comment")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(rows.getInt(2)).isEqualTo(purges.size());
    }
  }

  private static SealedText erased(SealedText text) {
    var there = Objects.requireNonNull(text.envelope());
    return SealedText.closed(
        text.owner(), text.purpose(), new SealedText.Envelope(there.key(), there.at(), ""));
  }

  private static PayloadPurged purged(long index, WorkItemId item, SealedText left) {
    var envelope = Objects.requireNonNull(left.envelope());
    return new PayloadPurged(
        new UUID(7, index),
        index,
        "workitem.Commented",
        item.toString(),
        "digest",
        "{\"text\":{\"owner\":\"%s\",\"purpose\":\"content\",\"key\":\"%s\",\"at\":\"%s\",\"sealed\":\"\"}}"
            .formatted(left.owner().value(), envelope.key(), envelope.at()),
        LegalBasis.UNLAWFUL,
        Actor.principal("ann"),
        List.of(Actor.principal("ben"), Actor.principal("cleo")));
  }
}
