package io.countersign.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.app.StartRefused;
import org.junit.jupiter.api.Test;

final class DurabilityGuardTest {

  private static final DatabaseFacts GOOD =
      new DatabaseFacts(180_000, "UTF8", false, false, true, true, true, "on");

  @Test
  void aDatabaseThatKeepsWhatItAcknowledgesPassesWithoutAWord() {
    assertThatCode(() -> DurabilityGuard.check(GOOD, false, "db")).doesNotThrowAnyException();
    assertThat(DurabilityGuard.warnings(GOOD)).isEmpty();
  }

  @Test
  void whatMayLoseAcknowledgedDeliveriesIsNamedAndRefusedUnlessAllowed() {
    refusesUnlessAllowed(
        new DatabaseFacts(180_000, "UTF8", false, false, false, true, true, "on"), "fsync=off");
    refusesUnlessAllowed(
        new DatabaseFacts(180_000, "UTF8", false, false, true, false, true, "on"),
        "full_page_writes=off");
    refusesUnlessAllowed(
        new DatabaseFacts(180_000, "UTF8", false, false, true, true, true, "off"),
        "synchronous_commit=off");
  }

  @Test
  void whatCannotWorkIsRefusedWhateverIsAllowed() {
    refuses(
        new DatabaseFacts(140_011, "UTF8", false, false, true, true, true, "on"),
        "PostgreSQL 14, and 15 or newer");
    refuses(
        new DatabaseFacts(180_000, "SQL_ASCII", false, false, true, true, true, "on"), "SQL_ASCII");
    refuses(
        new DatabaseFacts(180_000, "UTF8", true, false, true, true, true, "on"), "is a standby");
    refuses(
        new DatabaseFacts(180_000, "UTF8", false, true, true, true, true, "on"),
        "default_transaction_read_only");
  }

  private static void refusesUnlessAllowed(DatabaseFacts facts, String named) {
    assertThatThrownBy(() -> DurabilityGuard.check(facts, false, "db"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(named)
        .hasMessageContaining(DurabilityGuard.WARNING)
        .hasMessageContaining(DurabilityGuard.SETTING + "=true");
    assertThatCode(() -> DurabilityGuard.check(facts, true, "db")).doesNotThrowAnyException();
    assertThat(DurabilityGuard.warnings(facts))
        .containsExactly(DurabilityGuard.WARNING + ": " + named);
  }

  private static void refuses(DatabaseFacts facts, String named) {
    for (boolean allowed : new boolean[] {true, false}) {
      assertThatThrownBy(() -> DurabilityGuard.check(facts, allowed, "db"))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining(named);
    }
  }
}
