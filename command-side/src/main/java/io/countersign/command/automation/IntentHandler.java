package io.countersign.command.automation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Does what intents of one kind say, outside of any unit of work and without a database connection
 * being held. At least once: after a crash between the effect and its completion it is done again,
 * with the same id.
 */
public interface IntentHandler {

  /** Its kind: for ever, for example {@code escalation.climb}. */
  String kind();

  /**
   * Does it. An exception is the same as {@link Outcome.Again} with the name of its class.
   *
   * @throws Exception whatever went wrong
   */
  Outcome run(Intent intent) throws Exception;

  /**
   * The last attempt failed: somebody may want to record it. When this throws, it is called again
   * later, and until then the intent waits.
   *
   * @param code why the last attempt failed
   * @throws Exception when it could not be recorded
   */
  default void givenUp(Intent intent, String code) throws Exception {
    // most are content with the failed intent
  }

  /** What became of an attempt. Codes are words in lower case: never a payload, never a secret. */
  sealed interface Outcome {

    /** It is done, or was not needed any more. */
    Outcome DONE = new Done();

    /** Done. */
    record Done() implements Outcome {}

    /**
     * Not this time.
     *
     * @param code why
     * @param notBefore how long somebody asked us to wait at least
     */
    record Again(String code, @Nullable Duration notBefore) implements Outcome {}

    /**
     * Not now, and not through any fault of the intent: what it needs is not there. It does not
     * count as an attempt, so an outage of any length is survived.
     *
     * @param code why
     * @param pause until the next try
     */
    record Later(String code, Duration pause) implements Outcome {}

    /** Trying again would not help. */
    record Hopeless(String code) implements Outcome {}
  }
}
