package io.countersign.audit;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.append.Halts;
import io.countersign.eventlog.append.NewEntry;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.serialization.Serializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A log written by the real pipeline, and a hand that changes what it stored. */
public final class WrittenLog implements AutoCloseable {

  private final DatabaseAddress address;
  private final HikariDataSource pool;
  private final EventLog eventLog;

  public WrittenLog() {
    address = TestPostgres.newDatabase(Schema.EVENTLOG);
    pool = TestPostgres.pool(address, 4);
    eventLog =
        new EventLog(
                address,
                pool,
                serializer(),
                SealedKeys::in,
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                EventLogSettings.DEFAULTS)
            .start();
  }

  public LogReader reader() {
    return new JdbcLogReader(pool);
  }

  /** Events as the program writes them, without sealed text. */
  public static Serializer serializer() {
    return CatalogueSerializer.of(Events.CATALOGUE, new NoText());
  }

  public DatabaseAddress address() {
    return address;
  }

  /** Where it is stored. */
  public DataSource dataSource() {
    return pool;
  }

  /** Stores entries as they are. */
  public void append(List<NewEntry> entries) {
    eventLog.committer().append(entries);
  }

  /** What stops it. */
  public Halts halts() {
    return new Halts(pool);
  }

  /** Takes everything from an index on away, as a restored older database would have it. */
  public void rollBack(long size) {
    tamper("delete from eventlog.entry where index >= " + size);
  }

  /** Answers to a query, as text. */
  public List<String> texts(String sql) {
    return JdbcClient.create(pool).sql(sql).query(String.class).list();
  }

  /** What the log writes about itself. */
  public AuditEntries entries() {
    return new AuditEntries(eventLog.store(), pool, Clock.systemUTC());
  }

  /** Appends one event of a work item. */
  public void append(int workItem, long sequence) {
    var id = new WorkItemId(new OrganizationId("fabrikam"), workItem);
    EventMessage<?> event =
        new GenericDomainEventMessage<>(
                "WorkItem", id.toString(), sequence, new WorkItemEvent.GapDetected(id, 2, 3))
            .andMetaData(
                Map.of(
                    "actor", "source:azure-devops", "correlationId", "c-1", "causationId", "m-1"));
    eventLog.store().publish(List.of(event));
  }

  /** Changes stored rows, as somebody with the rights of an owner could. */
  public void tamper(String sql) {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(sql);
      statement.execute("set session_replication_role = origin");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    eventLog.close();
    pool.close();
  }

  /** These events hold no text. */
  private static final class NoText implements TextCipher {

    @Override
    public SealedText.Envelope seal(KeyOwner owner, Purpose purpose, String at, String clear) {
      throw new AssertionError("no text is written here");
    }

    @Override
    public Opened open(SealedText text) {
      throw new AssertionError("no text is read here");
    }
  }
}
