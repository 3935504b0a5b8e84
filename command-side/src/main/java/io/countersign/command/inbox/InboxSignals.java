package io.countersign.command.inbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the inbox shows of the health of what delivers to it. Each question reads a bounded part.
 */
public final class InboxSignals {

  /** Stands for all deliveries that name no subscription. */
  public static final UUID NO_SUBSCRIPTION = new UUID(0, 0);

  private final JdbcClient jdbc;

  /** Of the inbox in this database. */
  public InboxSignals(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * A subscription and its newest delivery.
   *
   * @param position the delivery's
   * @param at when it was received
   */
  public record Heard(UUID subscription, long position, Instant at) {}

  /**
   * Subscriptions of some deliveries.
   *
   * @param isLast whether no later deliveries are there
   */
  public record Part(List<Heard> heard, boolean isLast) {}

  /** How many deliveries were put into quarantine since, of the newest ones; counts up to most. */
  public long quarantinedSince(Instant since, int most) {
    return jdbc.sql(
            """
            select count(*) from (
              select at from inbox.outcome where status = 'quarantined' order by position desc limit :most) newest
            where at >= :since
            """)
        .param("most", most)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  /** Who delivered behind a position, in the next deliveries, so many at most. */
  public Part heardAfter(long position, int most) {
    long[] read = {0};
    List<Heard> heard =
        jdbc.sql(
                """
                select coalesce(subscription_id, :nobody) as subscription, count(*) as deliveries,
                  max(position) as position, max(received_at) as at
                from (
                  select subscription_id, position, received_at from inbox.delivery
                  where position > :position order by position limit :most) next
                group by 1
                """)
            .param("nobody", NO_SUBSCRIPTION)
            .param("position", position)
            .param("most", most)
            .query(
                (row, _) -> {
                  read[0] += row.getLong("deliveries");
                  return new Heard(
                      row.getObject("subscription", UUID.class),
                      row.getLong("position"),
                      Times.of(row, "at"));
                })
            .list();
    return new Part(heard, read[0] < most);
  }
}
