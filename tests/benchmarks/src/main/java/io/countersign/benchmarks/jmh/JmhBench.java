package io.countersign.benchmarks.jmh;

import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all benchmarks of this package, each with its garbage a call. */
public final class JmhBench {

  private JmhBench() {}

  /** {@code [--short]}: one second of each instead of fifteen in two processes. */
  public static void main(String[] args) throws Exception {
    boolean brief = List.of(args).contains("--short");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("io\\.countersign\\.benchmarks\\.jmh\\..*")
            .addProfiler("gc")
            .jvmArgsAppend(
                "-XX:+UseSerialGC",
                "-Daxoniq.update-checker.disabled=true",
                "-Dcountersign.root=" + System.getProperty("countersign.root", "."))
            .shouldFailOnError(true);
    new Runner(
            brief
                ? options
                    .forks(1)
                    .warmupIterations(1)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.seconds(1))
                    .build()
                : options
                    .forks(2)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1))
                    .build())
        .run();
  }
}
