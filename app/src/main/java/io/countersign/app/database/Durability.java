package io.countersign.app.database;

import io.countersign.app.StartRefused;
import io.countersign.eventlog.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database keeps what it acknowledges: checked at start, and with every question
 * whether this node is ready, because the address may lead to another server after a fail-over and
 * {@code fsync} can be turned off while the server runs.
 */
public final class Durability {

  private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

  private final boolean lossAllowed;
  private volatile List<String> warnings;

  private Durability(boolean lossAllowed, List<String> warnings) {
    this.lossAllowed = lossAllowed;
    this.warnings = warnings;
  }

  /**
   * Looks for the first time, at start.
   *
   * @throws StartRefused when the promise cannot be kept and nobody said that it need not be
   */
  static Durability checked(DatabaseAddress address, boolean lossAllowed) {
    try (Connection connection = address.connect("countersign start")) {
      DatabaseFacts facts = DatabaseFacts.of(connection);
      DurabilityGuard.check(facts, lossAllowed, address.url());
      var durability = new Durability(lossAllowed, List.of());
      durability.take(facts);
      if (!facts.checksums()) {
        LOG.info(
            "the database runs without data checksums: damage of its disk is not noticed by itself");
      }
      return durability;
    } catch (SQLException e) {
      throw new StartRefused(ConnectionBudget.unreachable(address, e), e);
    }
  }

  /** Looks again, with one statement; whether the database may be used. */
  public boolean holds(Connection connection) throws SQLException {
    DatabaseFacts facts = DatabaseFacts.of(connection);
    take(facts);
    return facts.writable() && (facts.durable() || lossAllowed);
  }

  /** What was wrong when somebody looked last; empty when all is well. */
  public List<String> warnings() {
    return warnings;
  }

  private void take(DatabaseFacts facts) {
    List<String> now = DurabilityGuard.warnings(facts);
    if (!now.equals(warnings)) {
      if (now.isEmpty()) {
        LOG.info("the database keeps what it acknowledges again");
      }
      now.forEach(LOG::error);
      warnings = now;
    }
  }
}
