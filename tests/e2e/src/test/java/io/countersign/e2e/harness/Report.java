package io.countersign.e2e.harness;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a fault says while it runs: lines for people, and figures that stand at the end. */
public final class Report {

  private final PrintStream out;
  private final List<String> figures = new ArrayList<>();

  /** Writes there. */
  public Report(PrintStream out) {
    this.out = out;
  }

  /** A line, at once. */
  public void line(String format, Object... values) {
    out.println(format.formatted(values));
    out.flush();
  }

  /** A figure of the table at the end. */
  public void figure(String what, Object value) {
    Object shown =
        switch (value) {
          case Duration time -> seconds(time);
          case Long number -> String.format(Locale.ROOT, "%,d", number);
          case Integer number -> String.format(Locale.ROOT, "%,d", number);
          default -> value;
        };
    figures.add("%-48s %14s".formatted(what, shown));
  }

  /** Seconds with one digit. */
  public static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }

  /** Prints the table of figures. */
  public void finish() {
    figures.forEach(out::println);
    figures.clear();
    out.flush();
  }
}
