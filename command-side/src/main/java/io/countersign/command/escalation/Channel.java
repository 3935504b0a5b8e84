package io.countersign.command.escalation;

import io.countersign.command.automation.IntentHandler.Outcome;

/** A way to tell somebody outside. */
interface Channel {

  /** Its name for ever, in events. */
  String name();

  /** Tells, once; the notice's delivery id lets the receiver tell repetitions. */
  Outcome tell(Notice notice) throws Exception;
}
