package io.countersign.command.escalation;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A notice in words, for somebody who is tired: what happened, why he, by when, what to do. Pure.
 * Nothing in it can begin a line or a header of its own.
 */
final class MailText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE yyyy-MM-dd HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final int LONGEST = 400;

  private final @Nullable String link;

  /**
   * Words of messages.
   *
   * @param link where the API is reached; absent when nobody said
   */
  MailText(@Nullable URI link) {
    this.link = link == null ? null : link.toString().replaceAll("/+$", "");
  }

  /** A subject and a body. */
  record Written(String subject, String body) {}

  Written of(Notice notice) {
    Matter matter = Matter.of(notice.kind());
    return new Written(subject(notice, matter), body(notice, matter));
  }

  private static String subject(Notice notice, Matter matter) {
    return notice.type().equals(Notice.TEST)
        ? "[Countersign] Test: nothing to do"
        : oneLine(
            "[Countersign] %s: %s (level %d of 3)"
                .formatted(
                    notice.severity().word().toUpperCase(Locale.ROOT),
                    matter.happened(),
                    notice.level()));
  }

  private String body(Notice notice, Matter matter) {
    List<String> lines = new ArrayList<>();
    lines.add(oneLine(matter.happened()) + ".");
    lines.add("");
    field(lines, "Work item", notice.workItem());
    field(lines, "Project", notice.project());
    field(lines, "Rule", notice.rule());
    field(lines, "Severity", notice.severity().word() + ", " + notice.category().word());
    field(lines, "Since", TIME.format(notice.raisedAt()));
    field(lines, "Evidence", entries(notice.entries()));
    lines.add("");
    lines.add(why(notice));
    for (String untold : notice.notTold()) {
      lines.add("Could not be told: " + oneLine(untold) + ".");
    }
    lines.add(deadline(notice));
    lines.add("");
    lines.add("What to do");
    lines.add("  " + matter.toDo());
    if (!notice.type().equals(Notice.TEST)) {
      steps(lines, notice);
    }
    lines.add("");
    field(lines, "Context", "SHA-256 " + notice.contextSha256());
    field(lines, "Delivery", notice.delivery() + " (the same if this comes twice)");
    return String.join("\n", lines) + "\n";
  }

  private static String why(Notice notice) {
    String team = oneLine(notice.team());
    String before = notice.askedBefore();
    return before == null
        ? "You are asked first, as level 1 of 3: %s.".formatted(team)
        : "You are asked as level %d of 3, %s, because %s did not answer in time."
            .formatted(notice.level(), team, oneLine(before));
  }

  private static String deadline(Notice notice) {
    Instant by = notice.answerBy();
    return by == null || notice.askedNext() == null
        ? "Nobody is asked after you."
        : "Answer by %s; then %s is asked.".formatted(TIME.format(by), oneLine(notice.askedNext()));
  }

  private void steps(List<String> lines, Notice notice) {
    String id = notice.escalation().toString();
    lines.add("  See what is known:     countersign escalation show " + id);
    if (link != null) {
      lines.add("                         " + link + "/api/v1/escalations/" + id);
    }
    lines.add("  Say that you have it:  countersign escalation ack " + id);
    lines.add(
        "  When it is over:       countersign escalation resolve "
            + id
            + " --code fixed --text WHY");
  }

  private static String entries(List<Long> entries) {
    return entries.stream().map(String::valueOf).collect(Collectors.joining(", ", "entries ", ""));
  }

  private static void field(List<String> lines, String name, @Nullable String value) {
    if (value != null && !value.equals("entries ")) {
      lines.add("%-10s  %s".formatted(name, oneLine(value)));
    }
  }

  /** Without line ends, control characters and marks that turn the direction of writing. */
  static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
