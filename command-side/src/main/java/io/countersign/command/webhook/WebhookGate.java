package io.countersign.command.webhook;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Open while deliveries are taken. The first thing to stop: senders get 503 and come again; those
 * that are inside get their answer before the server stops.
 */
final class WebhookGate implements SmartLifecycle {

  private boolean open;
  private int inside;
  private @Nullable Runnable whenEmpty;

  /** One delivery more; false while closed. Whoever was let in must {@link #leave}. */
  synchronized boolean enter() {
    if (open) {
      inside++;
    }
    return open;
  }

  /** A delivery was answered, or its sender is gone. */
  void leave() {
    Runnable waiting = null;
    synchronized (this) {
      inside--;
      if (inside == 0) {
        waiting = whenEmpty;
        whenEmpty = null;
      }
    }
    if (waiting != null) {
      waiting.run();
    }
  }

  @Override
  public synchronized void start() {
    open = true;
  }

  @Override
  public synchronized void stop() {
    open = false;
  }

  /** Spring waits no longer than a phase of the shutdown may take. */
  @Override
  public void stop(Runnable callback) {
    synchronized (this) {
      open = false;
      if (inside > 0) {
        whenEmpty = callback;
        return;
      }
    }
    callback.run();
  }

  @Override
  public synchronized boolean isRunning() {
    return open;
  }

  /** Above the web server's phases, which are DEFAULT_PHASE - 1024 and below. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 512;
  }
}
