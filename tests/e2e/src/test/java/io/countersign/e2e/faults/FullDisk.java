package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.time.Duration;

/**
 * What a full disk looks like to the program, <em>not</em> a full disk: a trigger raises SQLSTATE
 * 53100 (disk_full) at every insert into the inbox, or into the log. Real ones, which need root,
 * are made by {@link SmallDisk}.
 *
 * @param place which of the two
 */
record FullDisk(int nodes, Place place) implements Fault {

  private static final int SENDERS = 8;
  private static final double RATE = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What is full. */
  enum Place {
    INBOX("inbox.delivery"),
    LOG("eventlog.entry");

    private final String table;

    Place(String table) {
      this.table = table;
    }
  }

  @Override
  public String name() {
    return place == Place.INBOX ? "disk-full-error-inbox" : "disk-full-error-log";
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    load.begin(SENDERS, RATE);
    for (int round = 1; round <= effort.rounds(); round++) {
      Moments.growth(load::acknowledged, 40);
      refuseInserts(site, true);
      try {
        if (place == Place.INBOX) {
          inboxIsFull(site, load, effort);
        } else {
          logIsFull(site, load, report);
        }
      } finally {
        refuseInserts(site, false);
      }
      Duration back = Moments.growth(load::acknowledged, SENDERS + 1);
      report.line("%s, time %d: acknowledged again after %s", name(), round, Report.seconds(back));
    }
    Load.Totals totals = load.end();
    totals.tell(report);
    Poll.until(PATIENCE, () -> pending(site), left -> left == 0);
    if (place == Place.INBOX && totals.unavailable() == 0) {
      throw new AssertionError("meanwhile there must be 503");
    }
    mustNotBeQuarantined(site);
  }

  /** 503 and a time to wait; nothing is stored, no part of anything. */
  private static void inboxIsFull(Site site, Load load, Effort effort) throws Exception {
    String before = stored(site);
    long acknowledged = load.acknowledged();
    for (int node = 0; node < site.nodes().size(); node++) {
      Refusals.must503WithRetryAfter(site.node(node), site.secret());
    }
    Thread.sleep(effort.outage()); // how long it lasts is the point
    if (!stored(site).equals(before)) {
      throw new AssertionError("with a full inbox %s became %s".formatted(before, stored(site)));
    }
    // those whose commit had just passed when the trigger came
    if (load.acknowledged() > acknowledged + SENDERS) {
      throw new AssertionError("acknowledged although the inbox is full");
    }
  }

  private static String stored(Site site) throws Exception {
    return site.postgres()
        .text(
            ExternalPostgres.NAME,
            "select (select count(*) from inbox.delivery) || ' deliveries, '"
                + " || (select count(*) from inbox.body) || ' bodies'");
  }

  /** Deliveries are taken and wait; tries do not count; no error for the sender. */
  private static void logIsFull(Site site, Load load, Report report) throws Exception {
    double failed = Metrics.sum(site, "countersign_log_unavailable_total");
    Moments.growth(load::acknowledged, 40);
    Poll.until(
        PATIENCE,
        () ->
            site.postgres()
                .number(
                    ExternalPostgres.NAME, "select coalesce(max(excused), 0) from inbox.pending"),
        tries -> tries >= 3);
    long burnt =
        site.postgres()
            .number(
                ExternalPostgres.NAME,
                "select count(*) from inbox.pending where attempts > excused");
    if (burnt > 0) {
      throw new AssertionError(burnt + " deliveries lost an attempt to a full disk");
    }
    if (Metrics.sum(site, "countersign_log_unavailable_total") <= failed) {
      throw new AssertionError("no metric shows that the log takes nothing");
    }
    report.figure("waited in the inbox while the log was full", pending(site));
    mustNotBeQuarantined(site);
  }

  private static long pending(Site site) throws Exception {
    return site.postgres().number(ExternalPostgres.NAME, "select count(*) from inbox.pending");
  }

  /** Bad notifications are quarantined for what they are, nothing for the fault. */
  static void mustNotBeQuarantined(Site site) throws Exception {
    String codes =
        site.postgres()
            .text(
                ExternalPostgres.NAME,
                "select string_agg(distinct code, ', ') from inbox.outcome"
                    + " where status = 'quarantined' and code in ('attempts-exhausted', 'entry-refused')");
    if (!codes.equals("null")) {
      throw new AssertionError("deliveries were quarantined for the fault: " + codes);
    }
  }

  private void refuseInserts(Site site, boolean refuse) throws Exception {
    String sql =
        refuse
            ? """
              create or replace function public.disk_full() returns trigger language plpgsql as $$
              begin
                raise exception 'could not extend file: No space left on device' using errcode = '53100';
              end $$;
              create trigger disk_full before insert on %s
                for each statement execute function public.disk_full();
              """
            : "drop trigger if exists disk_full on %s";
    site.postgres().execute(ExternalPostgres.NAME, sql.formatted(place.table));
  }
}
