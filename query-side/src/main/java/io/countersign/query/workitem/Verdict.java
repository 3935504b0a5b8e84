package io.countersign.query.workitem;

import java.util.Locale;

/** How a state change was judged. */
enum Verdict {
  /** It broke no rule. */
  ALLOWED,
  /** It broke the rule named beside it. */
  VIOLATED,
  /** It could not be judged yet, for the reason named beside it. */
  DEFERRED,
  /** A state in it is not mapped. */
  UNMAPPED;

  /** The persisted word: lower case. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
