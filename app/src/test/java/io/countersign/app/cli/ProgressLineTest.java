package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.verify.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {

  private final StringWriter out = new StringWriter();
  private long nanos;

  @Test
  void howFarHowFastAndHowLongStillAndNotMoreOftenThanAnEyeSees() {
    var line = new ProgressLine(new PrintWriter(out, true), () -> nanos);
    line.total(1_000);
    nanos += 1_000_000_000L;
    line.reached(250, 0);
    assertThat(out.toString())
        .isEqualTo("\r[#######.......................] 250 of 1,000  250/s  3 s left ");
    nanos += 1_000_000L;
    line.reached(260, 0);
    assertThat(out.toString()).doesNotContain("260");
    nanos += 1_000_000_000L;
    line.reached(1_000, 2);
    assertThat(out.toString()).contains("1,000 of 1,000", "done", "2 findings").endsWith("\n");
  }

  @Test
  void nothingIsShownWhereThereIsNoTerminal() {
    assertThat(ProgressLine.onTerminal(new PrintWriter(out, true))).isSameAs(Progress.SILENT);
  }
}
