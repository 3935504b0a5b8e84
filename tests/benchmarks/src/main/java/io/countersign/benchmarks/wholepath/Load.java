package io.countersign.benchmarks.wholepath;

import io.countersign.sandbox.SandboxProject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Senders with prepared work against one server. */
final class Load implements AutoCloseable {

  private final ServerUnderLoad server;
  private final Work work = new Work(new SandboxProject("fabrikam", "Whole path"));
  final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private int numbers = 1;
  final Sender.Totals totals = new Sender.Totals();

  Load(ServerUnderLoad server) {
    this.server = server;
  }

  /** Senders that have so much to send together. */
  List<Sender> senders(int count, int notifications) throws Exception {
    int each = notifications / count + 1;
    List<Sender> senders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      senders.add(new Sender(server, work.make(numbers, each), totals));
      numbers += each; // more numbers than items: groups never meet
    }
    return senders;
  }

  /** More notifications, about work items not met before. */
  List<Work.Item> more(int atLeast) {
    List<Work.Item> made = work.make(numbers, atLeast);
    numbers += made.size();
    return made;
  }

  /** Everybody sends as fast as answers come, until the time is up or all is sent. */
  void closed(List<Sender> senders, double seconds, @Nullable Visibility visible) throws Exception {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Future<?>> running = new ArrayList<>();
    for (Sender sender : senders) {
      running.add(
          threads.submit(
              () -> {
                while (sender.hasMore() && System.nanoTime() < end) {
                  sender.sendNext(System.nanoTime(), visible);
                }
                return true;
              }));
    }
    for (Future<?> one : running) {
      one.get();
    }
  }

  /**
   * Sends at a fixed rate whatever the answers do, each by whatever sender is free; a sender that
   * waits for an answer is missed and its work is late, which counts.
   */
  void open(List<Sender> senders, double rate, double seconds, @Nullable Visibility visible)
      throws Exception {
    var free = new LinkedBlockingQueue<>(senders);
    long start = System.nanoTime();
    long count = (long) (rate * seconds);
    for (long i = 0; i < count; i++) {
      long due = start + (long) (i / rate * 1e9);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      Sender sender = free.take();
      threads.submit(
          () -> {
            if (sender.hasMore()) {
              sender.sendNext(due, visible);
            }
            free.add(sender);
            return true;
          });
    }
    for (int i = 0; i < senders.size(); i++) {
      if (free.poll(120, TimeUnit.SECONDS) == null) {
        throw new IllegalStateException("a delivery was not answered");
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
