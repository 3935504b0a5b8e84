package io.countersign.benchmarks.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Writers of this process, in a closed and in an open loop. */
public final class WriterLoop {

  /** Stores one command's events; returns when they are durable. */
  @FunctionalInterface
  public interface Writer {
    void write() throws Exception;
  }

  private final List<Writer> writers;
  private final ThreadFactory threads;

  WriterLoop(List<Writer> writers, ThreadFactory threads) {
    this.writers = writers;
    this.threads = threads;
  }

  /** Each writer sends as soon as it is answered; microseconds of each. */
  Histogram closed(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    return all(
        writer ->
            () -> {
              Histogram micros = Measured.histogram();
              for (long start = System.nanoTime(); start < end; ) {
                writer.write();
                long now = System.nanoTime();
                micros.recordValue((now - start) / 1_000);
                start = now;
              }
              return micros;
            });
  }

  /** Commands come at a fixed rate; microseconds of each from the moment it was due. */
  Histogram open(double perSecond, Duration time) throws Exception {
    long begin = System.nanoTime() + 10_000_000;
    long count = (long) (perSecond * time.toNanos() / 1e9);
    double interval = 1e9 / perSecond;
    var next = new AtomicLong();
    return all(
        writer ->
            () -> {
              Histogram micros = Measured.histogram();
              for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                long due = begin + (long) (i * interval);
                for (long wait = due - System.nanoTime(); wait > 0; ) {
                  LockSupport.parkNanos(wait);
                  wait = due - System.nanoTime();
                }
                writer.write();
                micros.recordValue(Math.max(0, System.nanoTime() - due) / 1_000);
              }
              return micros;
            });
  }

  private Histogram all(java.util.function.Function<Writer, Callable<Histogram>> loop)
      throws Exception {
    Histogram sum = Measured.histogram();
    try (ExecutorService executor = Executors.newThreadPerTaskExecutor(threads)) {
      List<Future<Histogram>> running = new ArrayList<>();
      for (Writer writer : writers) {
        running.add(executor.submit(loop.apply(writer)));
      }
      for (Future<Histogram> each : running) {
        sum.add(each.get());
      }
    }
    return sum;
  }
}
