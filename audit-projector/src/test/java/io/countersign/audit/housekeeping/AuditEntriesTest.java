package io.countersign.audit.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.Actor;
import io.countersign.kernel.audit.AuditEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditEntriesTest {

  private final WrittenLog log = new WrittenLog();
  private final AuditEntries entries = log.entries();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void theyAreEntriesLikeAllOthersWithAnActor() {
    log.append(1, 0);
    entries.append(key(1), AuditEntries.AUTOMATION);
    entries.append(key(2), Actor.principal("anna"));
    List<StoredEntry> stored = log.reader().page(1, 10, LogReader.Filter.ALL);
    assertThat(stored)
        .extracting(
            StoredEntry::name, StoredEntry::aggregateId, StoredEntry::sequence, StoredEntry::actor)
        .containsExactly(
            row("auditlog.KeyIntroduced", 0, "automation:audit"),
            row("auditlog.KeyIntroduced", 1, "principal:anna"));
  }

  @Test
  void twoWhoWriteAtOnceBothWrite() {
    var other = log.entries();
    CompletableFuture.allOf(
            IntStream.range(0, 8)
                .mapToObj(
                    i ->
                        CompletableFuture.runAsync(
                            () ->
                                (i % 2 == 0 ? entries : other)
                                    .append(key(i), AuditEntries.AUTOMATION)))
                .toArray(CompletableFuture[]::new))
        .join();
    assertThat(log.reader().page(0, 10, LogReader.Filter.ALL))
        .extracting(StoredEntry::sequence)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void othersAreToldFromThem() {
    assertThat(entries.anythingElse(0, 10)).isFalse();
    entries.append(key(1), AuditEntries.AUTOMATION);
    assertThat(entries.anythingElse(0, 10)).isFalse();
    log.append(1, 0);
    assertThat(entries.anythingElse(1, 2)).isTrue();
    assertThat(entries.anythingElse(0, 1)).as("it is not under a checkpoint over one").isFalse();
    assertThat(entries.anythingElse(2, 10)).isFalse();
  }

  private Tuple row(String name, long sequence, String actor) {
    return Tuple.tuple(name, entries.aggregateId(), sequence, actor);
  }

  private static AuditEvent key(long size) {
    return new AuditEvent.KeyIntroduced("example.com/log", "example.com/log+00000000+AA==", size);
  }
}
