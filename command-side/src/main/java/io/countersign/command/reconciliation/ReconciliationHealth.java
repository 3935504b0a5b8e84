package io.countersign.command.reconciliation;

import io.countersign.command.reconciliation.RunTable.Status;
import io.countersign.kernel.project.ProjectId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** How comparing stands in the whole installation, asked for every few seconds. */
public final class ReconciliationHealth implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReconciliationHealth.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final RunTable table;
  private final InstantSource clock;
  private volatile List<Status> last = List.of();
  private @Nullable Thread thread;

  ReconciliationHealth(RunTable table, InstantSource clock, MeterRegistry registry) {
    this.table = table;
    this.clock = clock;
    registry.gauge(
        "countersign.reconciliation.watermark.age.seconds", this, ReconciliationHealth::age);
    registry.gauge(
        "countersign.reconciliation.projects.failing",
        this,
        health -> health.last.stream().filter(ReconciliationHealth::isFailing).count());
    registry.gauge(
        "countersign.reconciliation.projects.silent",
        this,
        health -> health.last.stream().filter(Status::silent).count());
  }

  private static boolean isFailing(Status status) {
    return "failed".equals(status.outcome());
  }

  /** Asks the database. */
  void sample() {
    last = table.all();
  }

  /** How long ago the oldest moment lies up to which a project is compared. */
  private double age() {
    Instant now = clock.instant();
    return last.stream()
        .map(Status::reached)
        .filter(Objects::nonNull)
        .mapToDouble(reached -> Duration.between(reached, now).toMillis() / 1_000.0)
        .max()
        .orElse(0);
  }

  /** Projects that changed lately while no webhook told of it. Does not block. */
  public List<ProjectId> untold() {
    return last.stream().filter(Status::silent).map(Status::project).toList();
  }

  /** Whether all webhooks of a project deliver, as it was seen last. Asks the database. */
  public boolean delivers(ProjectId project) {
    return table.find(project).map(status -> status.hooks() == null).orElse(false);
  }

  /** What people should know, one sentence each; mostly empty. Does not block. */
  public List<String> warnings() {
    List<Status> all = last;
    List<String> warnings = new ArrayList<>();
    warn(
        warnings,
        all.stream().filter(ReconciliationHealth::isFailing).count(),
        "%d project(s) are not compared with Azure DevOps: countersign reconcile --list");
    warn(
        warnings,
        all.stream().filter(Status::silent).count(),
        "of %d project(s) no webhook told what changed lately: countersign hooks list");
    warn(
        warnings,
        all.stream().filter(status -> status.hooks() != null).count(),
        "of %d project(s) webhooks do not deliver: countersign hooks list");
    return warnings;
  }

  /** Probes have no token: how many, and never which. */
  private static void warn(List<String> warnings, long projects, String words) {
    if (projects > 0) {
      warnings.add(words.formatted(projects));
    }
  }

  synchronized ReconciliationHealth start() {
    thread = Thread.ofVirtual().name("reconciliation-health").start(this::watch);
    return this;
  }

  private void watch() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        sample();
      } catch (DataAccessException e) {
        LOG.debug("the database did not say how projects stand: {}", e.getClass().getName());
      }
      try {
        Thread.sleep(EVERY);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }
}
