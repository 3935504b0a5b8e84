package io.countersign.command.inbox;

import io.countersign.eventlog.encryption.KeyRing.DataKey;
import io.countersign.eventlog.encryption.KeyRing.Lookup;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads stored content back, and recognises a delivery that came on an earlier day. */
final class ContentStore {

  private final JdbcClient jdbc;
  private final DailyKeys keys;

  ContentStore(JdbcClient jdbc, DailyKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /** A stored delivery, or why it cannot be read. */
  sealed interface Opened {

    /** Readable. */
    record Content(Stored stored, SealedContent content) implements Opened {}

    /** Past retention: nobody can read it any more. */
    record Expired() implements Opened {}

    /** Not what was stored, or its key is missing: a finding. */
    record Unreadable(String code) implements Opened {}
  }

  /** The narrow row, with the ciphertext while it is kept. */
  record Stored(
      UUID id,
      long position,
      Instant receivedAt,
      UUID keyId,
      @Nullable UUID subscriptionId,
      @Nullable Long notificationId,
      @Nullable UUID eventId,
      boolean sharesEventId,
      byte @Nullable [] sealed) {}

  /** What {@link #stored} reads, of {@code inbox.delivery d} and {@code inbox.body b}. */
  static final String COLUMNS =
      """
      d.id, d.position, d.received_at, d.key_id, d.subscription_id, d.notification_id, d.event_id, b.sealed,
        d.event_id is not null and exists (
          select from inbox.delivery o
          where o.event_id = d.event_id and o.position < d.position and o.key_id <> d.key_id) as shares
      """;

  /** A row with {@link #COLUMNS}. */
  static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        row.getObject("id", UUID.class),
        row.getLong("position"),
        Times.of(row, "received_at"),
        row.getObject("key_id", UUID.class),
        row.getObject("subscription_id", UUID.class),
        row.getObject("notification_id", Long.class),
        row.getObject("event_id", UUID.class),
        row.getBoolean("shares"),
        row.getBytes("sealed"));
  }

  /** Reads and opens. */
  Opened open(long position) {
    return read(position)
        .map(this::open)
        .orElseGet(() -> new Opened.Unreadable("delivery-missing"));
  }

  /** Opens what was read. */
  Opened open(Stored stored) {
    byte[] sealed = stored.sealed();
    if (sealed == null) {
      return new Opened.Expired();
    }
    return switch (keys.find(stored.keyId())) {
      case Lookup.Destroyed _ -> new Opened.Expired();
      case Lookup.Unknown _ -> new Opened.Unreadable("key-unknown");
      case Lookup.Found found -> open(found.key(), stored, sealed);
    };
  }

  private static Opened open(DataKey key, Stored stored, byte[] sealed) {
    try {
      return new Opened.Content(stored, SealedContent.open(key, stored.id(), sealed));
    } catch (GeneralSecurityException | RuntimeException e) {
      return new Opened.Unreadable("content-altered");
    }
  }

  private Optional<Stored> read(long position) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                from inbox.delivery d left join inbox.body b on b.day = d.day and b.delivery_id = d.id
                where d.position = :position
                """)
        .param("position", position)
        .query((row, _) -> stored(row))
        .optional();
  }

  /**
   * The same delivery received on an earlier day, whose key is still there: judged with that day's
   * key.
   */
  Optional<UUID> earlier(Stored stored, byte[] sha256) {
    if (!stored.sharesEventId()) {
      return Optional.empty();
    }
    List<Earlier> candidates =
        jdbc.sql(
                """
                select id, key_id, identity from inbox.delivery
                where event_id = :event and position < :position and key_id <> :key
                  and subscription_id is not distinct from :subscription
                  and notification_id is not distinct from :notification
                order by position limit 100
                """)
            .param("event", stored.eventId())
            .param("position", stored.position())
            .param("key", stored.keyId())
            .param("subscription", stored.subscriptionId(), Types.OTHER)
            .param("notification", stored.notificationId(), Types.BIGINT)
            .query(
                (row, _) ->
                    new Earlier(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getBytes(3)))
            .list();
    return candidates.stream()
        .filter(
            one ->
                keys.find(one.keyId) instanceof Lookup.Found(DataKey key)
                    && MessageDigest.isEqual(
                        one.identity,
                        DeliveryIdentity.of(
                            key,
                            stored.subscriptionId(),
                            stored.notificationId(),
                            stored.eventId(),
                            sha256)))
        .map(Earlier::id)
        .findFirst();
  }

  private record Earlier(UUID id, UUID keyId, byte[] identity) {}
}
