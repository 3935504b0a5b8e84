package io.countersign.command.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.domain.CommandSender;
import io.countersign.kernel.workitem.SyncCommand.RecordWritten;
import io.countersign.kernel.workitem.SyncEvent.TransitionWritten;
import io.countersign.kernel.workitem.WorkItemState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that dies between its write and the record of it. */
class WriterCrashTest {

  private final AtomicInteger deaths = new AtomicInteger();
  private Runnable meanwhile = () -> {};

  private CommandSender dying(CommandSender sender) {
    return (command, id, metadata) -> {
      if (command instanceof RecordWritten && deaths.getAndIncrement() == 0) {
        meanwhile.run();
        throw new IllegalStateException("the node is gone");
      }
      return sender.send(command, id, metadata);
    };
  }

  @Test
  void whatItDidIsFoundAndNotDoneAgain(@TempDir Path directory) throws Exception {
    try (var sides = new TwoSides(directory, this::dying)) {
      int story = sides.story();
      sides.request(story, WorkItemState.READY);
      sides.intended.awaitWritten(story);
      assertThat(deaths).hasValue(2);
      assertThat(sides.board.states(story)).containsExactly("New", "Ready");
      assertThat(sides.names(story)).containsOnlyOnce("TransitionWritten");
    }
  }

  @Test
  void whoMovedItBackMeanwhileIsNotOverwritten(@TempDir Path directory) throws Exception {
    try (var sides = new TwoSides(directory, this::dying)) {
      int story = sides.story();
      meanwhile = () -> sides.board.move(story, "New");
      sides.request(story, WorkItemState.READY);
      sides.intended.awaitWritten(story);
      assertThat(sides.board.states(story)).containsExactly("New", "Ready", "New");
      sides.takeDeliveries();
      assertThat(sides.names(story))
          .containsOnlyOnce("TransitionWritten")
          .contains("TransitionConfirmed")
          .doesNotContain("ConflictDetected");
    }
  }

  /** Its echo was faster: nothing is wanted any more, and what was written is not forgotten. */
  @Test
  void whatWasConfirmedBeforeItWasRecordedIsRecorded(@TempDir Path directory) throws Exception {
    try (var sides = new TwoSides(directory, this::dying)) {
      int story = sides.story();
      meanwhile = () -> quietly(sides::takeDeliveries);
      sides.request(story, WorkItemState.READY);
      sides.intended.awaitWritten(story);
      assertThat(sides.names(story))
          .containsSubsequence("TransitionConfirmed", "TransitionWritten")
          .containsOnlyOnce("TransitionWritten");
    }
  }

  @Test
  void whatWasWrittenIsRecordedThoughSomethingElseIsWantedMeanwhile(@TempDir Path directory)
      throws Exception {
    try (var sides = new TwoSides(directory, this::dying)) {
      int story = sides.story();
      meanwhile = () -> quietly(() -> sides.request(story, WorkItemState.IN_PROGRESS));
      sides.request(story, WorkItemState.READY);
      sides.intended.awaitWritten(story);
      assertThat(sides.names(story)).containsOnlyOnce("TransitionWritten");
      assertThat(sides.board.written(story)).hasSize(1);
      sides.takeDeliveries();
      assertThat(sides.names(story)).doesNotContain("TransitionViolated");
    }
  }

  /** Its revision is older than the newer request, which knows of nothing that is missing. */
  @Test
  void whatWasWrittenIsFoundThoughTheSameIsAskedForAgainLater(@TempDir Path directory)
      throws Exception {
    try (var sides = new TwoSides(directory, this::dying)) {
      int story = sides.story();
      meanwhile =
          () -> {
            sides.board.move(story, "New");
            quietly(sides::takeDeliveries);
            quietly(() -> sides.request(story, WorkItemState.READY));
          };
      sides.request(story, WorkItemState.READY);
      sides.intended.awaitWritten(story);
      assertThat(sides.board.states(story)).containsExactly("New", "Ready", "New", "Ready");
      assertThat(recorded(sides, story)).containsExactlyElementsOf(sides.board.written(story));
    }
  }

  /** Nothing can be looked for in the recycle bin. */
  @Test
  void whatWasWrittenBeforeItWentIntoTheBinIsRecordedWhenItComesOut(@TempDir Path directory)
      throws Exception {
    try (var sides = new TwoSides(directory, this::dying)) {
      int story = sides.story();
      meanwhile = () -> sides.board.delete(story);
      sides.request(story, WorkItemState.READY);
      sides.intended.awaitReason(story, "not-there");
      assertThat(sides.names(story)).endsWith("WriteRefused");
      sides.board.restore(story);
      sides.intended.retryUntilWritten(story);
      assertThat(sides.board.written(story)).hasSize(1);
      assertThat(recorded(sides, story)).containsExactlyElementsOf(sides.board.written(story));
      assertThat(sides.names(story)).containsOnlyOnce("WriteRefused");
    }
  }

  private static List<Integer> recorded(TwoSides sides, int story) {
    return sides.eventsOf(story).stream()
        .filter(TransitionWritten.class::isInstance)
        .map(event -> ((TransitionWritten) event).revision())
        .toList();
  }

  /** Something that may fail. */
  private interface Doing {
    void run() throws Exception;
  }

  private static void quietly(Doing doing) {
    try {
      doing.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
