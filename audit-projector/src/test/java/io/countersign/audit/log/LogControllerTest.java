package io.countersign.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/** What the log's API makes of what a reader finds; with a real log it is tested in tests/e2e. */
class LogControllerTest {

  private static final Instant AT = Instant.parse("2026-11-20T19:00:00Z");

  private final List<StoredEntry> entries = new ArrayList<>();
  private final LogController controller =
      new LogController(new ListReader(), Schedulers.immediate());

  private void add(String aggregate, String name) {
    long index = entries.size();
    entries.add(
        new StoredEntry(
            index,
            new byte[] {(byte) 0xab, (byte) index},
            new byte[] {1},
            "WorkItem",
            aggregate,
            0,
            "event-" + index,
            name,
            "1",
            AT,
            AT,
            "source:azure-devops",
            "correlation",
            "causation",
            new byte[] {2},
            new byte[] {3}));
  }

  private EntryView.Page list(long from, int limit, String aggregate, String name) {
    return controller.list(from, limit, aggregate, name).block();
  }

  @Test
  void emptyLogHasSizeZeroAndNoIndex() {
    assertThat(controller.head().block().getBody()).isEqualTo(new HeadView(0, null, null, null));
  }

  @Test
  void headIsLastIndexWithItsHash() {
    add("a", "x.Y");
    add("a", "x.Z");

    assertThat(controller.head().block().getBody()).isEqualTo(new HeadView(2, 1L, "ab01", AT));
    assertThat(controller.head().block().getHeaders().getCacheControl()).isEqualTo("no-store");
  }

  @Test
  void pagesFollowEachOtherWithoutGapsOrRepeats() {
    for (int i = 0; i < 5; i++) {
      add("a", "x.Y");
    }

    EntryView.Page first = list(0, 2, null, null);
    EntryView.Page second = list(first.next(), 2, null, null);
    EntryView.Page third = list(second.next(), 2, null, null);

    assertThat(first.items()).extracting(EntryView::index).containsExactly(0L, 1L);
    assertThat(second.items()).extracting(EntryView::index).containsExactly(2L, 3L);
    assertThat(third.items()).extracting(EntryView::index).containsExactly(4L);
    assertThat(third.next()).isNull();
  }

  @Test
  void filtersReachTheReader() {
    add("a", "x.Y");
    add("b", "x.Y");
    add("b", "x.Z");

    assertThat(list(0, 50, "b", "x.Z").items()).extracting(EntryView::index).containsExactly(2L);
  }

  @Test
  void oneEntryComesWithItsBytes() {
    add("a", "x.Y");

    EntryView.WithBytes entry = controller.one(0).block().getBody();

    assertThat(entry.summary().entryHash()).isEqualTo("ab00");
    assertThat(entry.entry()).containsExactly(1);
    assertThat(entry.payload()).containsExactly(2);
    assertThat(entry.metadata()).containsExactly(3);
  }

  @Test
  void entriesThatAreNotThereAndBadParametersAreProblems() {
    assertProblem(() -> controller.one(0).block(), ProblemType.NOT_FOUND);
    assertProblem(() -> controller.one(-1).block(), ProblemType.NOT_FOUND);
    assertProblem(() -> list(-1, 50, null, null), ProblemType.INVALID_REQUEST);
    assertProblem(() -> list(0, 0, null, null), ProblemType.INVALID_REQUEST);
    assertProblem(() -> list(0, 501, null, null), ProblemType.INVALID_REQUEST);
    assertProblem(() -> list(0, 50, "a\0", null), ProblemType.INVALID_REQUEST);
  }

  private static void assertProblem(Runnable call, ProblemType type) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  /** Answers from the list above. */
  private final class ListReader implements LogReader {

    @Override
    public Optional<LogHead> head() {
      return entries.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new LogHead(
                  entries.getLast().index(),
                  entries.getLast().entryHash(),
                  entries.getLast().recordedAt()));
    }

    @Override
    public Optional<StoredEntry> entry(long index) {
      return entries.stream().filter(entry -> entry.index() == index).findFirst();
    }

    @Override
    public List<StoredEntry> page(long from, int limit, Filter filter) {
      return entries.stream()
          .filter(entry -> entry.index() >= from)
          .filter(entry -> filter.aggregateId().map(entry.aggregateId()::equals).orElse(true))
          .filter(entry -> filter.name().map(entry.name()::equals).orElse(true))
          .limit(limit)
          .toList();
    }

    @Override
    public long scan(long from, Consumer<StoredEntry> consumer) {
      throw new UnsupportedOperationException();
    }
  }
}
