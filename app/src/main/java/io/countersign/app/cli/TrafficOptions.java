package io.countersign.app.cli;

import io.countersign.sandbox.traffic.TrafficMix;
import io.countersign.sandbox.traffic.TrafficPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What traffic to send. */
final class TrafficOptions {

  /** What the shares start from. */
  enum Mix {
    REALISTIC,
    WORK_ITEMS
  }

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Everything derives from it. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--work-items",
      paramLabel = "N",
      description =
          "Work items alive at the same time; one after the other begins when one's life is over. Of"
              + " more than some thousand, each notification takes about a millisecond longer to make."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "200")
  private int workItems;

  @Option(
      names = "--senders",
      paramLabel = "N",
      description = "Notifications under way at the same time. Default: ${DEFAULT-VALUE}.",
      defaultValue = "16")
  private int senders;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Notifications a second, on a fixed schedule that slow answers do not move; 0: as fast as"
              + " answers come. Default: ${DEFAULT-VALUE}.",
      defaultValue = "100")
  private double rate;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long, for example 30s, 10m, 2h. Default: ${DEFAULT-VALUE}.",
      defaultValue = "30s",
      converter = Units.Time.class)
  private Duration duration = Duration.ofSeconds(30);

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "At most so many notifications; 0: as many as the duration gives.",
      defaultValue = "0")
  private long count;

  @Option(
      names = "--mix",
      paramLabel = "NAME",
      description =
          "Where the shares below start from: realistic, or work_items (good ones only). Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "realistic")
  private Mix mix = Mix.REALISTIC;

  @Option(
      names = "--duplicates",
      paramLabel = "SHARE",
      description = "Sent again byte by byte, for example 3%%.",
      converter = Units.Share.class)
  private @Nullable Double duplicates;

  @Option(
      names = "--reordered",
      paramLabel = "SHARE",
      description = "Sent after the one that follows.",
      converter = Units.Share.class)
  private @Nullable Double reordered;

  @Option(
      names = "--late",
      paramLabel = "SHARE",
      description = "Sent much later.",
      converter = Units.Share.class)
  private @Nullable Double late;

  @Option(
      names = "--bad",
      paramLabel = "SHARE",
      description =
          "Unusable ones on top: truncated, unknown types, wrong shapes, the test button.",
      converter = Units.Share.class)
  private @Nullable Double bad;

  @Option(
      names = "--pull-requests",
      paramLabel = "SHARE",
      description = "Work items that a push and a pull request solve.",
      converter = Units.Share.class)
  private @Nullable Double pullRequests;

  @Option(
      names = "--builds",
      paramLabel = "SHARE",
      description = "Pull requests after which a build runs.",
      converter = Units.Share.class)
  private @Nullable Double builds;

  @Option(
      names = "--releases",
      paramLabel = "SHARE",
      description = "Builds that are released and deployed.",
      converter = Units.Share.class)
  private @Nullable Double releases;

  @Option(
      names = "--base-date",
      paramLabel = "TIME",
      description = "When the first lives begin, for example 2026-03-02T08:00:00Z.")
  private @Nullable Instant baseDate;

  @Option(
      names = "--speed-up",
      paramLabel = "N",
      description =
          "How much faster than Azure DevOps' the pauses between retries pass; 1: 1, 2, 4, 8, 16, 32,"
              + " 60 and 60 s. Default: ${DEFAULT-VALUE}.",
      defaultValue = "10")
  private double speedUp;

  TrafficOptions() {}

  TrafficPlan plan() {
    try {
      TrafficPlan plan =
          new TrafficPlan(seed, workItems, senders, rate, duration, mix())
              .atMost(count)
              .spedUp(speedUp);
      return baseDate == null ? plan : plan.from(baseDate);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private TrafficMix mix() {
    TrafficMix base = mix == Mix.REALISTIC ? TrafficMix.realistic() : TrafficMix.workItemsOnly();
    return new TrafficMix(
        or(duplicates, base.duplicates()),
        or(reordered, base.reordered()),
        or(late, base.late()),
        or(bad, base.bad()),
        or(pullRequests, base.pullRequests()),
        or(builds, base.builds()),
        or(releases, base.releases()));
  }

  private static double or(@Nullable Double given, double otherwise) {
    return given == null ? otherwise : given;
  }
}
