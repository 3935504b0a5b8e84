package io.countersign.e2e.crash;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.util.List;

/**
 * Every acknowledgement waited for a real flush, though the database says {@code
 * synchronous_commit=off} for its sessions: with one sender and with many. And the proof is one: it
 * fails when commits of the inbox do not wait, and when the server does not flush.
 *
 * @param nodes how many nodes are on it; the first one is watched
 */
public record FlushProof(int nodes) implements Fault {

  private static final int MANY = 8;

  @Override
  public String name() {
    return "flush";
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    ExternalPostgres postgres = site.postgres();
    int enough = effort.rounds();
    mustHold("one sender", report, count(site, load, 1, enough));
    mustHold("%d senders".formatted(MANY), report, count(site, load, MANY, enough * MANY));

    postgres.execute(
        "alter database %s set synchronous_commit = off".formatted(ExternalPostgres.NAME));
    mustHold("database: synchronous_commit=off", report, count(site, load, MANY, enough * MANY));
    postgres.execute("alter database %s reset synchronous_commit".formatted(ExternalPostgres.NAME));

    FlushCount asynchronous;
    forceAsynchronous(postgres);
    postgres.set("wal_writer_delay", "10s"); // nobody flushes beside the inbox
    postgres.reload("wal_writer_delay", "10s");
    try {
      asynchronous = count(site, load, 1, enough);
    } finally {
      postgres.execute(ExternalPostgres.NAME, "drop function public.not_waiting() cascade");
      postgres.reset("wal_writer_delay");
      postgres.reload("wal_writer_delay", "200ms");
    }
    mustFail("inbox forced not to wait", report, asynchronous, asynchronous.tooEarly() > 0);

    FlushCount unflushed;
    postgres.set("fsync", "off");
    postgres.reload("fsync", "off");
    try {
      unflushed = count(site, load, 1, enough);
    } finally {
      postgres.reset("fsync");
      postgres.reload("fsync", "on");
    }
    mustFail(
        "fsync=off", report, unflushed, unflushed.flushesCounted() < unflushed.flushesNeeded());
  }

  /** Each count begins with new sessions, so that they have the settings made before. */
  private static FlushCount count(Site site, Load load, int senders, int enough) throws Exception {
    try (var witness = new FlushWitness(site.postgres(), site.node(0).server().uri())) {
      FlushCount.Start start = FlushCount.Start.now(site.postgres());
      load.begin(senders, 0, List.of(witness.uri()));
      Moments.growth(load::acknowledged, enough);
      load.end();
      return FlushCount.since(start, site.postgres(), witness.seen());
    }
  }

  /**
   * Nothing a user can say weakens the inbox or the log, so the negative control says it from
   * inside; of the log too, because each flush of it carries the inbox along.
   */
  private static void forceAsynchronous(ExternalPostgres postgres) throws Exception {
    postgres.execute(
        ExternalPostgres.NAME,
        """
        create or replace function public.not_waiting() returns trigger language plpgsql as $$
        begin
          perform set_config('synchronous_commit', 'off', true);
          return null;
        end $$
        """);
    for (String table : List.of("inbox.delivery", "inbox.outcome", "eventlog.entry")) {
      postgres.execute(
          ExternalPostgres.NAME,
          """
          create trigger not_waiting after insert on %s
          for each statement execute function public.not_waiting()
          """
              .formatted(table));
    }
  }

  private static void mustHold(String what, Report report, FlushCount count) {
    tell(what, report, count);
    if (!count.holds()) {
      throw new AssertionError("%s: %s".formatted(what, count));
    }
  }

  private static void mustFail(String what, Report report, FlushCount count, boolean found) {
    tell(what + " (must be found)", report, count);
    if (count.holds() || !found) {
      throw new AssertionError("not found: %s: %s".formatted(what, count));
    }
  }

  private static void tell(String what, Report report, FlushCount count) {
    report.line(
        "%-42s %,6d acknowledged, %,5d of them before their flush; flushes needed %,6d, counted %,6d",
        what,
        count.acknowledged(),
        count.tooEarly(),
        count.flushesNeeded(),
        count.flushesCounted());
  }
}
