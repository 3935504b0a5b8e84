package io.countersign.benchmarks.store;

import io.countersign.eventlog.database.DatabaseAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ThreadFactory;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A competitor whose writers are threads of this process. */
public abstract class InProcess implements Competitor {

  private final BenchPostgres postgres;

  /** One that gets its databases from this server. */
  protected InProcess(BenchPostgres postgres) {
    this.postgres = postgres;
  }

  /** Its tables, connections and threads, on a database of its own. */
  public interface Store extends AutoCloseable {

    /** Writer number {@code writer} of so many. */
    WriterLoop.Writer writer(int writer, int writers);

    /** Transactions so far; 0 when each command has its own. */
    default double transactions() {
      return 0;
    }

    @Override
    void close();
  }

  /** Opens it on an empty database. */
  protected abstract Store open(DatabaseAddress address, int writers) throws Exception;

  /** Threads of the kind the competitor does best with. */
  ThreadFactory threads() {
    return Thread.ofPlatform().name("writer-", 0).factory();
  }

  @Override
  public final Measured measure(int writers, Duration warmUp, Duration time, Duration openLoop)
      throws Exception {
    DatabaseAddress address = postgres.newLog();
    try (Store store = open(address, writers)) {
      List<WriterLoop.Writer> all = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        all.add(store.writer(i, writers));
      }
      var loop = new WriterLoop(all, threads());
      loop.closed(warmUp);
      double transactionsBefore = store.transactions();
      Meter meter = Meter.start(postgres);
      Histogram closed = loop.closed(time);
      Meter.Used used = meter.used();
      double transactions = store.transactions() - transactionsBefore;
      double count = closed.getTotalCount();
      double perSecond = count / used.seconds();
      @Nullable Histogram open = openLoop.isPositive() ? loop.open(perSecond / 2, openLoop) : null;
      return new Measured(
          perSecond,
          closed,
          open,
          used.clientMillis() / count,
          used.serverMillis().isPresent()
              ? OptionalDouble.of(used.serverMillis().getAsDouble() / count)
              : OptionalDouble.empty(),
          used.walBytes() / count,
          transactions == 0 ? 1 : count / transactions);
    } finally {
      postgres.drop(address);
    }
  }
}
