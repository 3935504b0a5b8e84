package io.countersign.sandbox.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

/**
 * A file that notes what was sent and what became of it, one JSON object on each line. A line is
 * with the operating system when the method that wrote it returns: it survives the end of this
 * process at any moment, not that of the machine. Runs are appended, so a file can hold several.
 */
final class Ledger implements AutoCloseable {

  private final FileChannel file;
  private final String run;

  /**
   * Opens a ledger to append a run to it.
   *
   * @param run what tells this run from the others of the file
   */
  Ledger(Path path, TrafficPlan plan, UUID run, Instant startedAt) {
    this.run = run.toString().substring(0, 13);
    try {
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      // a run that was killed may have left half a line
      if (file.size() > 0) {
        write(new LedgerLine().end());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the ledger " + path, e);
    }
    write(
        new LedgerLine()
            .text("line", "run")
            .text("run", this.run)
            .number("seed", plan.seed())
            .text("organization", Cast.project(plan.seed(), 0).collectionId().toString())
            .number("workItems", plan.workItems())
            .number("senders", plan.senders())
            .text("rate", Double.toString(plan.rate()))
            .text("duration", plan.duration().toString())
            .number("count", plan.count())
            .text("mix", plan.mix().toString())
            .text("baseDate", plan.baseDate().toString())
            .text("startedAt", startedAt.toString())
            .end());
  }

  /** Before a notification is sent for the first time. Times in microseconds since 1970. */
  void sending(long n, Planned planned, long due, long sent) {
    Told told = planned.told();
    LedgerLine line =
        new LedgerLine()
            .text("line", "sending")
            .text("run", run)
            .number("n", n)
            .text("kind", planned.kind().word())
            .text("type", told.type())
            .text("event", told.event().toString())
            .text("subscription", told.subscription().toString())
            .number("notification", told.number())
            .text("expected", told.expected().name());
    Told.Item item = told.item();
    if (item != null) {
      line.text("item", item.id())
          .number("update", item.update())
          .number("revision", item.revision())
          .text("tells", Tells.words(item.tells()))
          .text("before", item.before())
          .text("state", item.state());
      if (item.assignee() != null) {
        line.text("assignee", item.assignee());
      }
      line.text("title", item.title()).number("at", item.at());
    }
    write(line.number("due", due).number("sent", sent).end());
  }

  /** A notification was answered 2xx. */
  void acknowledged(long n, int status, Receipt receipt, int attempts, long at) {
    write(
        new LedgerLine()
            .text("line", "acknowledged")
            .text("run", run)
            .number("n", n)
            .number("status", status)
            .text("delivery", receipt.delivery())
            .text("digest", receipt.digest())
            .flag("duplicate", receipt.duplicate())
            .number("attempts", attempts)
            .number("acknowledged", at)
            .end());
  }

  /**
   * A notification will not be sent again.
   *
   * @param outcome {@code given-up} after the last retry, {@code probation} or {@code disabled}
   */
  void lost(long n, String outcome, int status, int attempts, long at) {
    write(
        new LedgerLine()
            .text("line", outcome)
            .text("run", run)
            .number("n", n)
            .number("status", status)
            .number("attempts", attempts)
            .number("at", at)
            .end());
  }

  private void write(String line) {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    try {
      synchronized (this) {
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the ledger", e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the ledger", e);
    }
  }
}
