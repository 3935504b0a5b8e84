package io.countersign.command.inbox;

import io.countersign.command.inbox.Acceptance.Refused;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The inbox as the endpoint sees it. Nothing here throws. */
public interface Intake {

  /** The memory that requests share. */
  ByteBudget budget();

  /**
   * Whether to refuse a delivery that begins to come in, before anything is done for it; null when
   * it may come. Ask once for each.
   */
  @Nullable Refused admission();

  /** A refusal, counted. */
  Refused refuse(String reason);

  /**
   * Seals a delivery and queues it for the next commit; does not wait for it. Asks the database
   * first when {@link #isKeyAtHand} says no.
   *
   * @return completes as soon as it is durable or refused, never exceptionally; when that takes
   *     longer than {@link #commitTimeout}, answer with a refusal. A refused delivery may still
   *     become durable (a commit whose answer was lost); sent again it is recognised.
   */
  CompletableFuture<Acceptance> take(Incoming incoming);

  /** Whether {@link #take} need not ask the database for the day's key. */
  boolean isKeyAtHand();

  /** How long a request waits for its commit. */
  Duration commitTimeout();
}
