package io.countersign.app.database;

import io.countersign.app.StartRefused;
import java.util.ArrayList;
import java.util.List;

/**
 * The promise: a delivery that was answered 202 is never lost. It rests on the database; so a start
 * on one that cannot keep it is refused, unless somebody said in so many words that losing is fine.
 */
final class DurabilityGuard {

  /** What is shown as long as the promise does not hold. */
  static final String WARNING = "acknowledged deliveries may be lost in a power cut";

  static final String SETTING = "countersign.database.allow-losing-acknowledged-deliveries";

  private static final int OLDEST = 15;

  private DurabilityGuard() {}

  /** Refuses what breaks the promise; {@code place} is where the database is. */
  static void check(DatabaseFacts facts, boolean lossAllowed, String place) {
    if (facts.version() < OLDEST * 10_000) {
      throw new StartRefused(
          "the database at %s is PostgreSQL %d, and %d or newer is needed"
              .formatted(place, facts.version() / 10_000, OLDEST));
    }
    if (!facts.encoding().equals("UTF8")) {
      throw new StartRefused(
          "the database at %s has the encoding %s, and not every text could be stored in it: create one with `create database ... encoding 'UTF8' template template0`"
              .formatted(place, facts.encoding()));
    }
    if (facts.standby()) {
      throw new StartRefused(
          "the database at %s is a standby and takes no writes: give the address of its primary, or promote it"
              .formatted(place));
    }
    if (facts.readOnly()) {
      throw new StartRefused(
          "the database at %s starts our sessions read-only (default_transaction_read_only): set it off for the server, the database and our role"
              .formatted(place));
    }
    if (!facts.durable() && !lossAllowed) {
      throw new StartRefused(
          """
          the database at %s runs with %s: %s.
          Turn that on again in its configuration. Where losing deliveries is acceptable, a throw-away test for example, \
          %s=true starts all the same."""
              .formatted(place, String.join(" and ", missing(facts)), WARNING, SETTING));
    }
  }

  /** What is to be said as long as it is so; empty when all is well. */
  static List<String> warnings(DatabaseFacts facts) {
    var warnings = new ArrayList<String>();
    if (!facts.durable()) {
      warnings.add("%s: %s".formatted(WARNING, String.join(" and ", missing(facts))));
    }
    if (!facts.writable()) {
      warnings.add("the database takes no writes: it is a standby or read-only");
    }
    return List.copyOf(warnings);
  }

  private static List<String> missing(DatabaseFacts facts) {
    var missing = new ArrayList<String>();
    if (!facts.fsync()) {
      missing.add("fsync=off");
    }
    if (!facts.fullPageWrites()) {
      missing.add("full_page_writes=off");
    }
    if (facts.synchronousCommit().equals("off")) {
      missing.add("synchronous_commit=off");
    }
    return missing;
  }
}
