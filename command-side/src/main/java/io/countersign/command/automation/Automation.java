package io.countersign.command.automation;

import java.util.List;
import java.util.Set;

/**
 * Answers events with intents. Pure: no clock, no randomness, no I/O, no memory of earlier events;
 * the same event always has the same answer. It starts with what comes after it was installed, and
 * is never replayed.
 */
public interface Automation {

  /**
   * Its name for ever: of its token, in the ids of its intents, as their actor. Lower case and
   * hyphens.
   */
  String name();

  /** Classes of the events it wants to see; families and single events. */
  Set<Class<?>> events();

  /** What an event makes it do. */
  List<Reaction> on(Occurrence occurrence);
}
