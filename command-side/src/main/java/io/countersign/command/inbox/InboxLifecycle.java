package io.countersign.command.inbox;

import org.springframework.context.SmartLifecycle;

/** Starts and stops one part in its phase. Higher phases stop earlier. */
final class InboxLifecycle implements SmartLifecycle {

  /**
   * Below the web server's phases, the lowest of which is {@code DEFAULT_PHASE - 2048}: starts
   * before it, stops after its last request.
   */
  static final int WRITER_PHASE = DEFAULT_PHASE - 2304;

  /**
   * Stops after the writer has flushed; what it flushed stays for the next start. Above Axon's
   * phase, {@code DEFAULT_PHASE - 3072}: before that, and after, commands have no handlers.
   */
  static final int WORKERS_PHASE = DEFAULT_PHASE - 2560;

  private final int phase;
  private final Runnable start;
  private final Runnable stop;
  private volatile boolean running;

  InboxLifecycle(int phase, Runnable start, Runnable stop) {
    this.phase = phase;
    this.start = start;
    this.stop = stop;
  }

  @Override
  public void start() {
    start.run();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    stop.run();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return phase;
  }
}
