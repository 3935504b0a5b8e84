package io.countersign.audit.seal;

import io.countersign.kernel.Actor;
import java.util.concurrent.CompletableFuture;

/**
 * A decision that waits for the sealing thread, which alone may carry it out.
 *
 * @param what is to be done
 * @param reason why, in the words of who decided
 * @param actor who decided
 * @param done what came of it, in a sentence; or a {@link DecisionRefusedException}
 */
record Ask(What what, String reason, Actor actor, CompletableFuture<String> done) {

  /** What can be decided. */
  enum What {
    RESUME,
    RESTART,
    ROTATE_KEY
  }

  Ask(What what, String reason, Actor actor) {
    this(what, reason, actor, new CompletableFuture<>());
  }

  void refuse(String why) {
    done.completeExceptionally(new DecisionRefusedException(why));
  }
}
