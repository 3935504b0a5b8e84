package io.countersign.command.azuredevops.client;

import java.time.Duration;

/** Waits; an argument, so that tests need not. */
interface Pause {

  void of(Duration time) throws InterruptedException;
}
