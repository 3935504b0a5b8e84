package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Moments;
import io.countersign.e2e.harness.Node;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A disk that really fills up under load: a tmpfs of {@value #MEGABYTES} MB holds the database's
 * tables, or PostgreSQL's write-ahead log, and a ballast file takes all but the last of it. Full
 * tables give errors; a full write-ahead log makes PostgreSQL panic, recover or stay down. Then the
 * ballast is deleted and everything goes on. Needs root, for the mount; other users get {@link
 * FullDisk}.
 *
 * @param writeAheadLog which of the two
 */
record SmallDisk(int nodes, boolean writeAheadLog) implements Fault {

  private static final int MEGABYTES = 400;
  private static final int SENDERS = 8;
  private static final double RATE = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Override
  public String name() {
    return writeAheadLog ? "disk-full-wal" : "disk-full-tables";
  }

  @Override
  public void make(Site site, Load load, Effort effort, Report report) throws Exception {
    Path disk = Files.createDirectories(site.scratch().resolve("disk"));
    shell("mount", "-t", "tmpfs", "-o", "mode=0777,size=" + MEGABYTES + "m", "tmpfs", "" + disk);
    try {
      moveTo(site, disk);
      load.begin(SENDERS, RATE);
      for (int round = 1; round <= effort.rounds(); round++) {
        fill(site, load, effort, report, disk, round);
      }
      load.end().tell(report);
      FullDisk.mustNotBeQuarantined(site);
      comeBack(site, disk);
    } finally {
      shell("umount", "-l", disk.toString());
    }
  }

  private void moveTo(Site site, Path disk) throws Exception {
    stopNodes(site);
    ExternalPostgres postgres = site.postgres();
    if (writeAheadLog) {
      postgres.set("max_wal_size", "128MB");
      postgres.set("min_wal_size", "32MB");
      postgres.set("wal_recycle", "off");
      postgres.stopFast();
      Path wal = postgres.directory().resolve("pg_wal");
      shell("cp", "-a", wal.toString(), disk.toString());
      shell("rm", "-rf", wal.toString());
      Files.createSymbolicLink(wal, disk.resolve("pg_wal"));
      postgres.start();
    } else {
      Path folder = Files.createDirectories(disk.resolve("tables"));
      shell("chmod", "700", folder.toString());
      postgres.execute("create tablespace small location '%s'".formatted(folder));
      postgres.execute("alter database %s set tablespace small".formatted(ExternalPostgres.NAME));
    }
    startNodes(site);
  }

  private void fill(Site site, Load load, Effort effort, Report report, Path disk, int round)
      throws Exception {
    Moments.growth(load::acknowledged, 50);
    Path ballast = disk.resolve("ballast");
    // a little is left, so that it is the load that runs into the end
    long left = (writeAheadLog ? 4L : 1L) << 20;
    long size = Math.max(0, Files.getFileStore(disk).getUsableSpace() - left);
    shell("fallocate", "-l", Long.toString(size), ballast.toString());
    try {
      // a small one may still find room somewhere: taking it is right, if it is kept
      Poll.until(
          PATIENCE,
          () -> Refusals.takesOr503WithRetryAfter(site.node(0), site.secret()),
          takes -> !takes);
      report.line(
          "%s, time %d: full with %,d acknowledged, %d bytes left; PostgreSQL %s",
          name(),
          round,
          load.acknowledged(),
          Files.getFileStore(disk).getUsableSpace(),
          site.postgres().processes().isEmpty() ? "is down" : "runs");
      Thread.sleep(effort.outage()); // how long it lasts is the point
    } finally {
      Files.deleteIfExists(ballast);
    }
    if (site.postgres().processes().stream().noneMatch(ProcessHandle::isAlive)) {
      site.postgres().start(); // recovery found no room either, so it had given up
      report.line("%s, time %d: PostgreSQL had to be started again", name(), round);
    }
    Duration back = Moments.growth(load::acknowledged, SENDERS + 1);
    report.line("%s, time %d: acknowledged again after %s", name(), round, Report.seconds(back));
    report.figure("from room made to the first acknowledgements, time " + round, back);
  }

  /** Off the small disk again, for the replay copies the database. */
  private void comeBack(Site site, Path disk) throws Exception {
    stopNodes(site);
    ExternalPostgres postgres = site.postgres();
    if (writeAheadLog) {
      postgres.stopFast();
      Path wal = postgres.directory().resolve("pg_wal");
      Files.delete(wal);
      shell("cp", "-a", disk.resolve("pg_wal").toString(), wal.toString());
      postgres.start();
    } else {
      postgres.execute(
          "alter database %s set tablespace pg_default".formatted(ExternalPostgres.NAME));
      postgres.execute("drop tablespace small");
    }
    startNodes(site);
  }

  private static void stopNodes(Site site) throws Exception {
    for (Node node : site.nodes()) {
      node.server().terminate();
    }
  }

  private static void startNodes(Site site) throws Exception {
    for (Node node : site.nodes()) {
      node.start();
    }
  }

  private static void shell(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": exit code " + process.exitValue());
    }
  }
}
