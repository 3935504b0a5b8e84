package io.countersign.command.inbox;

import org.springframework.context.SmartLifecycle;

/** Starts and stops one part in its phase. Higher phases stop earlier. */
final class InboxLifecycle implements SmartLifecycle {

  /** Below the web server's phases: starts before it, stops after its last request. */
  static final int WRITER_PHASE = DEFAULT_PHASE - 2304;

  /**
   * Stops after the writer has flushed; what it flushed stays for the next start. Above the phase
   * of Axon's configuration, which registers the command handlers when it starts and takes them
   * away when it stops: workers need them for as long as they work.
   */
  static final int WORKERS_PHASE = WRITER_PHASE - 256;

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
