package io.countersign.command.webhook;

import org.springframework.context.SmartLifecycle;

/** Open while deliveries are taken. The first thing to stop: senders get 503 and come again. */
final class WebhookGate implements SmartLifecycle {

  private volatile boolean open;

  @Override
  public void start() {
    open = true;
  }

  @Override
  public void stop() {
    open = false;
  }

  @Override
  public boolean isRunning() {
    return open;
  }

  /** Above the web server's phases, which are DEFAULT_PHASE - 1024 and below. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 512;
  }
}
