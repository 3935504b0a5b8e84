package io.countersign.command.inbox;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of bodies in memory on this node: being read, or waiting for their commit. */
public final class ByteBudget {

  private final long limit;
  private final AtomicLong held = new AtomicLong();

  /** A budget of so many bytes. */
  public ByteBudget(long limit) {
    this.limit = limit;
  }

  /** One request's share, empty at first. */
  public Share share() {
    return new Share();
  }

  /** Bytes held now. */
  public long held() {
    return held.get();
  }

  /** What one request holds. */
  public final class Share implements AutoCloseable {

    private final AtomicLong mine = new AtomicLong();

    private Share() {}

    /** Takes more; false, and nothing taken, when the budget is used up. */
    public boolean take(long bytes) {
      if (held.addAndGet(bytes) > limit) {
        held.addAndGet(-bytes);
        return false;
      }
      mine.addAndGet(bytes);
      return true;
    }

    /** Gives everything back; further calls do nothing. */
    @Override
    public void close() {
      held.addAndGet(-mine.getAndSet(0));
    }
  }
}
