package io.countersign.benchmarks.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.eventlog.serialization.SealedKeys;
import io.countersign.kernel.catalogue.Events;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;

/** The event log as the product builds it: sealed fields, dense order, chain, push to the tail. */
public final class OurLog extends InProcess {

  static final String ONE_NODE = "Countersign";
  static final String TWO_NODES = "Countersign, 2 nodes";

  private final int nodes;

  OurLog(BenchPostgres postgres, int nodes) {
    super(postgres);
    this.nodes = nodes;
  }

  @Override
  public String name() {
    return nodes == 1 ? ONE_NODE : TWO_NODES;
  }

  @Override
  public String about() {
    return "LogEventStore, encryption, chain, dense order, tail"
        + (nodes == 1 ? "" : "; " + nodes + " logs of this process share the writers");
  }

  /** Commands are handled on virtual threads, as in the product. */
  @Override
  ThreadFactory threads() {
    return Thread.ofVirtual().name("writer-", 0).factory();
  }

  /** The serializer of all Axon competitors. */
  public static Serializer serializer() {
    return CatalogueSerializer.of(
        Events.CATALOGUE, new AesTextCipher(new BenchKeys(), new SecureRandom()));
  }

  @Override
  protected Store open(DatabaseAddress address, int writers) {
    var config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    var pool = new HikariDataSource(config);
    var logs = new ArrayList<EventLog>();
    var meters = new ArrayList<SimpleMeterRegistry>();
    for (int i = 0; i < nodes; i++) {
      var registry = new SimpleMeterRegistry();
      meters.add(registry);
      logs.add(
          new EventLog(
                  address,
                  pool,
                  serializer(),
                  SealedKeys::in,
                  Clock.systemUTC(),
                  registry,
                  EventLogSettings.DEFAULTS)
              .start());
    }
    return new Nodes(pool, logs, meters);
  }

  private record Nodes(HikariDataSource pool, List<EventLog> logs, List<SimpleMeterRegistry> meters)
      implements Store {

    @Override
    public WriterLoop.Writer writer(int writer, int writers) {
      EventLog log = logs.get(writer % logs.size());
      var items = new WorkItems(writer, writers);
      return () -> {
        WorkItems.Handled handled = items.next();
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(handled.message());
        unitOfWork.execute(() -> log.store().publish(handled.events()));
      };
    }

    @Override
    public double transactions() {
      return meters.stream()
          .mapToDouble(registry -> registry.get("countersign.log.append.events").summary().count())
          .sum();
    }

    @Override
    public void close() {
      logs.forEach(EventLog::close);
      pool.close();
    }
  }
}
