package io.countersign.eventlog.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Group commit among callers: those that come while a transaction of others runs share the next
 * one, so that a flush serves many. One of them runs it, the others wait without a connection.
 *
 * <p>Nobody fails for another's sake: when the server refused data, or whoever ran the transaction
 * was interrupted, each of its callers writes alone.
 *
 * @param <Q> what is asked
 * @param <A> the answer
 */
public final class SharedWrite<Q, A> {

  /** One transaction. */
  @FunctionalInterface
  public interface Work<Q, A> {

    /**
     * Writes and commits, or has changed nothing when it throws.
     *
     * @param requests in the order in which they came
     * @return their answers, in the same order
     * @throws SQLException when the server does
     */
    List<A> write(List<Q> requests) throws SQLException;
  }

  private final int most;
  private final Work<Q, A> work;
  private final ReentrantLock running = new ReentrantLock();
  private final Object change = new Object();
  private Batch<Q, A> next;

  /**
   * Shares transactions.
   *
   * @param most requests one of them takes
   * @param work a shared one is never run by two threads at once; besides it, some run for one
   *     request alone
   */
  public SharedWrite(int most, Work<Q, A> work) {
    this.most = most;
    this.work = work;
    this.next = new Batch<>(true);
  }

  /** The answer, after the commit; or what the transaction threw. */
  public A write(Q request) throws SQLException {
    Batch<Q, A> mine;
    int place;
    boolean leads;
    synchronized (change) {
      leads = next.closed || next.requests.size() == most;
      if (leads) {
        next = new Batch<>(false);
      }
      mine = next;
      place = mine.requests.size();
      mine.requests.add(request);
    }
    if (leads) {
      lead(mine);
    }
    try {
      List<A> answers = mine.answers.join();
      return answers.isEmpty() ? work.write(List.of(request)).getFirst() : answers.get(place);
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case SQLException refused -> throw refused;
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }

  private void lead(Batch<Q, A> batch) {
    running.lock();
    try {
      synchronized (change) {
        batch.closed = true;
      }
      List<A> answers = work.write(batch.requests);
      if (answers.size() != batch.requests.size()) {
        throw new IllegalStateException("not one answer for each request");
      }
      batch.answers.complete(answers);
    } catch (SQLException | RuntimeException | Error e) {
      if (batch.requests.size() > 1 && isOnesOwn(e)) {
        batch.answers.complete(List.of());
      } else {
        batch.answers.completeExceptionally(e);
      }
    } finally {
      running.unlock();
    }
  }

  /** As opposed to a server or a line in trouble, which all would meet again. */
  private static boolean isOnesOwn(Throwable e) {
    String state = e instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    return state.startsWith("22")
        || state.startsWith("23")
        || Thread.currentThread().isInterrupted();
  }

  private static final class Batch<Q, A> {

    private final List<Q> requests = new ArrayList<>();
    private final CompletableFuture<List<A>> answers = new CompletableFuture<>();
    private boolean closed;

    Batch(boolean closed) {
      this.closed = closed;
    }
  }
}
