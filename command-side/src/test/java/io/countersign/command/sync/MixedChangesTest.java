package io.countersign.command.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.IntentTable;
import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.GateCommand.ConsiderTransitions;
import io.countersign.kernel.workitem.SyncEvent.ConflictDetected;
import io.countersign.kernel.workitem.SyncEvent.ConflictResolved;
import io.countersign.kernel.workitem.SyncEvent.TransitionWritten;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.sandbox.azuredevops.Fault;
import io.countersign.sandbox.azuredevops.Fault.Kind;
import io.countersign.sandbox.azuredevops.HookMischief;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both sides move the same items at random, over a line that fails, with hooks that are doubled,
 * late and out of order. In the end both sides are equal and everything is explained.
 */
class MixedChangesTest {

  private static final long SEED = 20261121;
  private static final int CHANGES = 300;
  private static final int STORIES = 10;
  private static final Map<String, WorkItemState> STATES =
      Map.of(
          "New", WorkItemState.NEW,
          "Ready", WorkItemState.READY,
          "Active", WorkItemState.IN_PROGRESS,
          "Code Review", WorkItemState.CODE_REVIEW,
          "Testing", WorkItemState.TESTING,
          "Closed", WorkItemState.DONE);
  private static final List<String> NAMES = STATES.keySet().stream().sorted().toList();
  private static final List<Kind> FAULTS =
      List.of(
          Kind.PRECONDITION_FAILED,
          Kind.CONFLICT,
          Kind.RESET_AFTERWARDS,
          Kind.SERVER_ERROR,
          Kind.UNAVAILABLE,
          Kind.SIGN_IN);

  private final Random random = new Random(SEED);

  @Test
  void bothSidesAreEqualInTheEndAndEverythingIsExplained(@TempDir Path directory) throws Exception {
    try (var sides = new TwoSides(directory)) {
      List<Integer> stories = new ArrayList<>();
      for (int i = 0; i < STORIES; i++) {
        stories.add(sides.story());
      }
      sides
          .sandbox
          .control()
          .hooksMisbehave(new HookMischief(0, 0.1, 0.1, 0.1, Duration.ofMillis(30), SEED));
      for (int i = 0; i < CHANGES; i++) {
        change(sides, stories.get(random.nextInt(STORIES)));
      }
      settle(sides, stories);
      for (int story : stories) {
        check(sides, story);
      }
    }
  }

  private void change(TwoSides sides, int story) throws Exception {
    String state = NAMES.get(random.nextInt(NAMES.size()));
    switch (random.nextInt(8)) {
      case 0, 1 -> sides.board.move(story, state);
      case 2 -> sides.board.set(story, "System.Title", "Title " + random.nextInt(1000));
      case 3, 4, 5 -> request(sides, story, STATES.get(state));
      case 6 ->
          sides
              .sandbox
              .control()
              .fault(
                  Fault.of(
                      FAULTS.get(random.nextInt(FAULTS.size())),
                      1,
                      "PATCH",
                      "^/fabrikam/_apis/wit/workitems/\\d+$"));
      default -> sides.retryAll();
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      sides.takeDelivery();
    }
  }

  private static void request(TwoSides sides, int story, WorkItemState to) throws Exception {
    try {
      sides.request(story, to);
    } catch (ConcurrencyException _) {
      // as a person is told: try again; this one does not
    }
  }

  private static void settle(TwoSides sides, List<Integer> stories) throws Exception {
    sides.sandbox.control().clearFaults();
    sides.takeDeliveries();
    IntentTable.await(
        () -> {
          stories.forEach(sides::awaitSeen);
          return sides.retryAll() == 0;
        });
    sides.takeDeliveries();
    stories.forEach(sides::awaitWritten);
  }

  private static void check(TwoSides sides, int story) throws Exception {
    var answer =
        (GateAnswer.Considered)
            sides.send(new ConsiderTransitions(sides.id(story), sides.basis(story)));
    assertThat(answer.from())
        .as("state of %d", story)
        .isEqualTo(STATES.get(sides.board.item(story).state()));
    List<WorkItemEvent> events = sides.eventsOf(story);
    assertThat(sides.board.written(story))
        .as("our writes of %d, each once and each recorded", story)
        .containsExactlyElementsOf(
            of(events, TransitionWritten.class).stream()
                .map(TransitionWritten::revision)
                .sorted()
                .toList());
    assertThat(of(events, ConflictResolved.class).stream().map(ConflictResolved::conflict))
        .as("conflicts of %d", story)
        .containsExactlyElementsOf(
            of(events, ConflictDetected.class).stream().map(ConflictDetected::conflict).toList());
  }

  private static <E> List<E> of(List<WorkItemEvent> events, Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
