package io.countersign.command.sync;

import io.countersign.sandbox.azuredevops.Fault.Kind;
import java.sql.SQLException;
import java.util.Random;

/** Spans of changes in which something does not work, by a seed; one at a time. */
final class MixedOutages {

  private final MixedSides mixed;
  private final Random random;
  private final int oneIn;
  private Outage outage = Outage.NONE;
  private int ends;

  /** What does not work for a while. */
  private enum Outage {
    NONE,
    /** Azure DevOps, for us: connections break. */
    LINE,
    /** Azure DevOps, for us: 503. */
    SERVICE,
    /** Our database. */
    DATABASE,
    /** Our node. */
    NODE
  }

  MixedOutages(MixedSides mixed, Random random, boolean harsh) {
    this.mixed = mixed;
    this.random = random;
    this.oneIn = harsh ? 25 : 80;
  }

  /** Whether nothing can be asked of our side now. */
  boolean isOurs() {
    return outage == Outage.DATABASE || outage == Outage.NODE;
  }

  void beginNowAndThen(int number) throws SQLException {
    if (outage != Outage.NONE || random.nextInt(oneIn) != 0) {
      return;
    }
    outage = Outage.values()[1 + random.nextInt(Outage.values().length - 1)];
    ends = number + 5 + random.nextInt(20);
    switch (outage) {
      case LINE -> mixed.lineBreaks(Kind.RESET);
      case SERVICE -> mixed.lineBreaks(Kind.UNAVAILABLE);
      case DATABASE -> mixed.databaseGoesAway();
      case NODE -> mixed.stop();
      case NONE -> throw new IllegalStateException("never drawn");
    }
  }

  void endWhenDue(int number) throws SQLException {
    if (number >= ends) {
      end();
    }
  }

  /** Everything works again. */
  void end() throws SQLException {
    switch (outage) {
      case LINE, SERVICE -> mixed.lineHeals();
      case DATABASE -> mixed.databaseComesBack();
      case NODE -> mixed.start();
      case NONE -> {
        // nothing was broken
      }
    }
    outage = Outage.NONE;
  }
}
