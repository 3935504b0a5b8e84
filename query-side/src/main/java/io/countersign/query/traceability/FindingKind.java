package io.countersign.query.traceability;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be wrong with the way work items hang together. */
enum FindingKind {
  /** Something that has to have a parent, and has none. */
  ORPHAN("it has no parent"),
  /** The parent is of a type that does not stand above it. */
  WRONG_PARENT("its parent is of a type that does not stand above it"),
  /** The parent was never seen here. */
  UNKNOWN_PARENT("its parent was never seen here"),
  /** The parent is in the recycle bin. */
  DELETED_PARENT("its parent is in the recycle bin"),
  /** More than one parent is claimed. */
  SEVERAL_PARENTS("more than one parent is told"),
  /** Its parents lead back to itself. */
  CYCLE("its parents lead back to it"),
  /** It is closed while a child is open. */
  OPEN_CHILD("it is closed and has a child that is open"),
  /** Something that has to be broken down, and is not: an epic without features, and so on. */
  NOT_BROKEN_DOWN("nothing of the level below hangs under it"),
  /** A requirement that has to be tested, without a test case of its own or of a task. */
  NOT_TESTED("no test case is linked with it or its tasks"),
  /** A requirement under test or further without a commit, pull request or build. */
  NO_CODE("it went on to testing, and no commit, pull request or build is linked"),
  /** A requirement done whose builds were not deployed, as far as told. */
  NOT_DEPLOYED("it is done, and no deployment of what is linked was told");

  private final String words;

  FindingKind(String words) {
    this.words = words;
  }

  /** The word in the API. */
  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it means, for people. */
  String words() {
    return words;
  }

  static List<String> all() {
    return Arrays.stream(values()).map(FindingKind::word).toList();
  }

  static FindingKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
