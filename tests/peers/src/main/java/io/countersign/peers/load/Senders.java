package io.countersign.peers.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Many senders, each on a connection of its own. */
public final class Senders {

  private static final int ACCEPTED = 202;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final int port;
  private final String secret;
  private final Corpus corpus;
  private final OpenItems items;

  /** Senders to a receiver on this machine. */
  public Senders(int port, String secret, Corpus corpus, OpenItems items) {
    this.port = port;
    this.secret = secret;
    this.corpus = corpus;
    this.items = items;
  }

  /** Each sends the next as soon as the last is answered, for so many seconds. */
  public List<Sent> closedLoop(int senders, double seconds) throws InterruptedException {
    long end = Clock.micros() + (long) (seconds * 1e6);
    return together(senders, (sent, _) -> closed(sent, end));
  }

  /**
   * All together send at this rate. A request's time runs from when it was due, whether or not a
   * sender was free; what is still due when the time is up counts with what it has waited by then.
   */
  public List<Sent> openLoop(int senders, double rate, double seconds) throws InterruptedException {
    long begin = Clock.micros() + 50_000;
    long count = Math.round(rate * seconds);
    long end = begin + (long) (seconds * 1e6) + 2_000_000;
    return together(
        senders,
        (sent, sender) -> {
          for (long i = sender; i < count; i += senders) {
            long due = begin + (long) (i * 1e6 / rate);
            if (!open(sent, due, end)) {
              break;
            }
          }
        });
  }

  private interface Work {

    void run(Sender sender, int number) throws IOException;
  }

  private List<Sent> together(int senders, Work work) throws InterruptedException {
    List<Future<Sent>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
      for (int i = 0; i < senders; i++) {
        int number = i;
        running.add(threads.submit(() -> run(work, number)));
      }
    }
    List<Sent> all = new ArrayList<>();
    for (Future<Sent> each : running) {
      try {
        all.add(each.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a sender failed", e);
      }
    }
    return all;
  }

  private Sent run(Work work, int number) {
    var sent = new Sent();
    try (var sender = new Sender(new WebhookConnection(port, secret), sent)) {
      work.run(sender, number);
    } catch (IOException e) {
      sent.refuse();
    }
    return sent;
  }

  private record Sender(WebhookConnection connection, Sent sent) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  private void closed(Sender sender, long end) throws IOException {
    for (long now = Clock.micros(); now < end; now = Clock.micros()) {
      if (!send(sender, now, end)) {
        return;
      }
    }
  }

  private boolean open(Sender sender, long due, long end) throws IOException {
    long early = due - Clock.micros();
    while (early > 0) {
      LockSupport.parkNanos(early * 1_000);
      early = due - Clock.micros();
    }
    if (Clock.micros() >= end) {
      sender.sent().miss(due, end);
      return true;
    }
    return send(sender, due, end);
  }

  /** Sends until it is accepted; false when nothing is left to send or the time is up. */
  private boolean send(Sender sender, long due, long end) throws IOException {
    OpenItems.Turn turn = items.take();
    if (turn == null) {
      return false;
    }
    Corpus.Told told = corpus.told(turn.item(), turn.step());
    try {
      while (sender.connection().post(told.body()) != ACCEPTED) {
        sender.sent().refuse();
        if (Clock.micros() >= end) {
          items.refused(turn);
          sender.sent().miss(due, end);
          return true;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (IOException e) {
      items.refused(turn);
      throw e;
    }
    sender.sent().add(told.id(), due, Clock.micros());
    items.accepted(turn);
    return true;
  }
}
