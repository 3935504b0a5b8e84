package io.countersign.sandbox.traffic;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What an update of a work item tells has changed. */
enum Tells {
  STATE,
  TITLE,
  ASSIGNEE,
  FIELDS,
  LINKS,
  COMMENT;

  /** Words with commas between them; {@code -} when there are none. */
  static String words(Set<Tells> tells) {
    if (tells.isEmpty()) {
      return "-";
    }
    StringBuilder words = new StringBuilder();
    for (Tells one : tells) {
      words.append(words.isEmpty() ? "" : ",").append(one.name().toLowerCase(Locale.ROOT));
    }
    return words.toString();
  }

  static Set<Tells> of(String words) {
    EnumSet<Tells> tells = EnumSet.noneOf(Tells.class);
    if (!words.equals("-")) {
      for (String word : words.split(",")) {
        tells.add(valueOf(word.toUpperCase(Locale.ROOT)));
      }
    }
    return tells;
  }
}
