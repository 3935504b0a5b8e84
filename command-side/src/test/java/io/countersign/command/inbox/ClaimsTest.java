package io.countersign.command.inbox;

import static io.countersign.command.inbox.InboxFixture.handled;
import static io.countersign.command.inbox.InboxFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.DeliveryHandler.Outcome;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What docs/performance.md says about statements of the way of one webhook. */
class ClaimsTest {

  private final InboxFixture fixture = new InboxFixture();
  private final Queue<String> statements = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Each statement that is prepared is executed once here. */
  private DataSource counting() {
    return new DelegatingDataSource(fixture.pool) {
      @Override
      public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection)
            Proxy.newProxyInstance(
                ClaimsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("prepareStatement")) {
                    statements.add(String.valueOf(arguments[0]));
                  }
                  return method.invoke(connection, arguments);
                });
      }
    };
  }

  @Test
  void manyDeliveriesAreClaimedWithTheirContentByTwoStatements() {
    InboxNode node = fixture.node(counting(), handled());
    for (int item = 1; item <= 60; item++) {
      fixture.accept(node, update(item, 1));
    }
    statements.clear();
    List<Claim> claims = node.claims.take(64).claims();
    assertThat(claims).hasSize(60).allMatch(claim -> claim.stored() != null);
    assertThat(claims).extracting(Claim::position).isSorted();
    assertThat(statements).hasSize(2);
    statements.clear();
    node.completions.write(
        claims.stream()
            .map(claim -> Completion.closed(claim, fixture.clock.instant(), "ignored", "x", "y"))
            .toList());
    assertThat(statements).hasSize(1);
    assertThat(fixture.count("pending")).isZero();
    assertThat(fixture.count("lane_lease")).isZero();
  }

  @Test
  void whatWasFinishedBetweenTheLookAndTheLeaseIsGivenUpAgain() {
    InboxNode other = fixture.node(handled());
    var finishing =
        new DelegatingDataSource(fixture.pool) {
          private int connections;

          @Override
          public Connection getConnection() throws SQLException {
            if (++connections == 2) {
              fixture.jdbc.sql("delete from inbox.pending").update();
            }
            return super.getConnection();
          }
        };
    fixture.accept(other, update(1, 1));
    var claims =
        new Claims(InboxDatabase.on(finishing).jdbc(), UUID.randomUUID(), Duration.ofSeconds(10));
    assertThat(claims.take(5).claims()).isEmpty();
    assertThat(fixture.count("lane_lease")).isZero();
  }

  /**
   * Each would hold what the other waits for: a deadlock under load, and a second of standstill.
   */
  @Test
  void whoProlongsLeasesDoesNotWaitForOneThatIsBeingClosed() throws Exception {
    InboxNode node = fixture.node(handled());
    fixture.accept(node, update(1, 1));
    fixture.accept(node, update(2, 1));
    List<Claim> claims = node.claims.take(2).claims();
    fixture
        .jdbc
        .sql("update inbox.lane_lease set expires_at = now() - interval '1 minute'")
        .update();
    try (Connection closing = fixture.pool.getConnection();
        var statement = closing.createStatement()) {
      closing.setAutoCommit(false);
      statement.execute(
          "select from inbox.lane_lease where fence = %d for update"
              .formatted(claims.getLast().fence()));
      CompletableFuture.runAsync(() -> node.leases.renew(claims)).get(60, TimeUnit.SECONDS);
      closing.rollback();
    }
    assertThat(
            fixture
                .jdbc
                .sql("select fence from inbox.lane_lease where expires_at > now()")
                .query(Long.class)
                .list())
        .containsExactly(claims.getFirst().fence());
  }

  @Test
  void aHotLaneHidesNoOther() {
    InboxNode node = fixture.node(_ -> new Outcome.Handled(List.of()));
    fixture
        .jdbc
        .sql(
            """
            insert into inbox.pending (position, lane, received_at)
            select n, 'hot', now() from generate_series(1, 3000) n
            """)
        .update();
    fixture.jdbc.sql("alter table inbox.delivery alter column position restart with 3001").update();
    fixture.accept(node, update(1, 1));
    assertThat(node.claims.take(2).claims()).extracting(Claim::position).containsExactly(1L, 3001L);
  }

  @Test
  void largeDeliveriesAreReadWhenTheyAreHandled() {
    InboxNode node = fixture.node(handled());
    fixture.accept(node, update(1, 1) + " ".repeat(Claims.SMALL_BYTES));
    fixture.accept(node, update(2, 1));
    List<Claim> claims = node.claims.take(2).claims();
    assertThat(claims).extracting(claim -> claim.stored() == null).containsExactly(true, false);
    node.leases.release(claims);
    node.workers.start();
    InboxFixture.await(() -> fixture.count("pending") == 0);
    assertThat(fixture.statuses()).containsExactly("handled", "handled");
  }
}
