package io.countersign.query.projection;

import io.countersign.kernel.Actor;
import io.countersign.kernel.projection.DeadLetterEvent;
import io.countersign.kernel.projection.DeadLetterEvent.DeadLettersEvicted;
import io.countersign.kernel.projection.DeadLetterEvent.DeadLettersRetried;
import io.countersign.kernel.projection.DeadLetterEvent.SequenceParked;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happened to dead letters on its way to the log: written with what happened, so that neither
 * is there without the other.
 */
public final class DeadLetterOutbox {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String ADD =
      """
      insert into query.dead_letter_event (id, request, parked, projection, kind, event, actor)
      values (?, ?, ?, ?, ?, ?, ?)
      """;

  private DeadLetterOutbox() {}

  /**
   * Adds an event, in the connection's transaction.
   *
   * @param id it has in the log
   * @param request which request it answers; absent for none
   */
  public static void add(
      Connection connection, UUID id, @Nullable UUID request, DeadLetterEvent event, Actor actor)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setObject(1, id);
      insert.setObject(2, request);
      insert.setObject(3, event.parked());
      insert.setString(4, event.projection());
      insert.setString(5, kind(event));
      insert.setString(6, JSON.writeValueAsString(event));
      insert.setString(7, actor.ref());
      insert.executeUpdate();
    }
  }

  private static String kind(DeadLetterEvent event) {
    return switch (event) {
      case SequenceParked _ -> "parked";
      case DeadLettersRetried _ -> "retried";
      case DeadLettersEvicted _ -> "evicted";
    };
  }

  /** An event as it was added. */
  public static DeadLetterEvent event(String kind, String json) {
    Class<? extends DeadLetterEvent> type =
        switch (kind) {
          case "parked" -> SequenceParked.class;
          case "retried" -> DeadLettersRetried.class;
          case "evicted" -> DeadLettersEvicted.class;
          default -> throw new IllegalArgumentException("there is no kind " + kind);
        };
    return JSON.readValue(json, type);
  }
}
