package io.countersign.command.inbox;

import static io.countersign.command.inbox.InboxFixture.await;
import static io.countersign.command.inbox.InboxFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.DeliveryHandler.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A node that runs out of memory for a moment goes on afterwards. */
class ErrorInThreadsTest {

  private final InboxFixture fixture = new InboxFixture();
  private final Set<String> hit = ConcurrentHashMap.newKeySet();
  private volatile boolean sick;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anErrorEndsNoneOfTheThreads() {
    var dataSource =
        new DelegatingDataSource(fixture.pool) {
          @Override
          public Connection getConnection() throws SQLException {
            if (sick) {
              hit.add(Thread.currentThread().getName());
              throw new OutOfMemoryError("for a test");
            }
            return super.getConnection();
          }
        };
    InboxNode node =
        fixture.node(
            dataSource,
            _ -> {
              sick = true;
              return new Outcome.Handled(List.of());
            });
    fixture.accept(node, update(1, 1));
    fixture.accept(node, update(1, 2));
    node.workers.start();
    await(
        () -> hit.containsAll(List.of("inbox-dispatcher", "inbox-completer", "inbox-housekeeper")));
    sick = false;
    await(
        () -> {
          sick = false;
          return fixture.count("pending") == 0;
        });
    assertThat(fixture.statuses()).containsExactly("handled", "handled");
  }
}
