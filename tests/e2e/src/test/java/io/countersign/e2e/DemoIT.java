package io.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command. */
class DemoIT {

  @Test
  void demoPlaysItsStoryAndStopsWhenAsked(@TempDir Path scratch) throws Exception {
    Program program = Program.unpacked();
    Path log = scratch.resolve("demo.txt");
    Process demo = program.start(log, "demo");
    try {
      String report =
          Poll.until(
              Duration.ofSeconds(120),
              () -> Files.readString(log),
              text -> text.contains("Try next") || !demo.isAlive());

      assertThat(report)
          .contains("202  workitem.created")
          .contains("BREAKS agile.transition")
          .contains("the log did not grow")
          .contains("Try next");
      assertThat(demo.isAlive()).as("it stays for whoever wants to look around").isTrue();
    } finally {
      demo.destroy();
    }
    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).as("stops when asked").isTrue();
    assertThat(demo.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).doesNotContain("Exception");
  }
}
