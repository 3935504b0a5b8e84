package io.countersign.command.escalation;

import io.countersign.command.automation.IntentHandler.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to tell somebody outside. */
interface Channel {

  /** Its name for ever. */
  String name();

  /** Whom it reaches for a team; empty when nobody is named. */
  List<Target> targets(String team);

  /** Tells one of them, once; the notice's delivery id lets the receiver tell repetitions. */
  Told tell(Notice notice, Target target) throws Exception;

  /**
   * Somebody to be told: each has deliveries, attempts and an outcome of his own.
   *
   * @param name in events: the channel's, and a number where there are several
   * @param reference which of them, never in clear; absent where there is only one
   */
  record Target(String name, @Nullable String reference) {

    /** Name of the channel. */
    String channel() {
      int slash = name.indexOf('/');
      return slash < 0 ? name : name.substring(0, slash);
    }
  }

  /**
   * What became of one attempt.
   *
   * @param outcome whether it has to be tried again
   * @param answer the other side's words, for whoever tries the channel; never in an event
   */
  record Told(Outcome outcome, String answer) {}
}
