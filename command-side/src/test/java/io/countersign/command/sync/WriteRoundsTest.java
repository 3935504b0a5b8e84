package io.countersign.command.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.automation.Intent;
import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.azuredevops.client.RemoteWorkItem;
import io.countersign.command.azuredevops.client.WorkItemCalls;
import io.countersign.command.project.LoggedProjectStates;
import io.countersign.command.transition.TransitionRules;
import io.countersign.kernel.workitem.SyncCommand.RecordFound;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.kernel.workitem.WriteAnswer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which revision is told of what is found. */
class WriteRoundsTest {

  private static final UUID ID = new UUID(0, 5);

  @TempDir private Path directory;
  private final List<Object> sent = new ArrayList<>();
  private TwoSides sides;
  private WorkItemCalls items;
  private int story;

  @BeforeEach
  void start() throws Exception {
    sides = new TwoSides(directory);
    items = sides.azureDevOps().organization(sides.organization()).workItems();
    story = sides.story();
  }

  @AfterEach
  void stop() {
    sides.close();
  }

  private RemoteWorkItem read() {
    return ((Answer.Ok<RemoteWorkItem>) items.get(story)).value();
  }

  /** A round for who wants it Ready from New, as it was at a revision. */
  private RecordFound found(int revision, RemoteWorkItem there) throws Exception {
    var projects = new LoggedProjectStates(sides.events());
    var rounds =
        new WriteRounds(
            new TransitionRules(sides.events(), projects),
            projects,
            new SourceStates(sides.azureDevOps(), Clock.systemUTC()),
            new IntentCommands(
                (command, _, _) -> {
                  sent.add(command);
                  return null;
                }),
            Clock.systemUTC());
    var wanted = new WriteAnswer.Wanted(WorkItemState.NEW, "New", null, revision, null, false);
    var what = new ToWrite(sides.id(story).toString(), "Ready", null);
    var intent =
        new Intent(
            ID,
            "write-transitions",
            ToWrite.KIND,
            "{}",
            null,
            7,
            "e",
            "c",
            Instant.EPOCH,
            1,
            10,
            false);
    var task =
        new WriteRounds.Task(
            intent,
            sides.id(story),
            WorkItemState.READY,
            wanted,
            Explanation.of(intent, what, wanted));
    assertThat(rounds.one(task, items, there, true))
        .isEqualTo(new WriteRounds.Result.Over("conflict"));
    assertThat(sent).hasSize(1);
    return (RecordFound) sent.getFirst();
  }

  @Test
  void itIsThatOfTheChangeOfTheState() throws Exception {
    sides.board.move(story, "Active");
    sides.board.set(story, "System.Title", "Another");
    assertThat(found(1, read()).change().revision()).isEqualTo(2);
  }

  @Test
  void whoMovesItBetweenTheTwoReadsIsNotTakenForWhatWasRead() throws Exception {
    sides.board.move(story, "Active");
    RemoteWorkItem there = read();
    sides.board.move(story, "Testing");
    RecordFound found = found(1, there);
    assertThat(found.sourceState()).isEqualTo("Active");
    assertThat(found.change().revision()).isEqualTo(2);
  }

  /** Links make updates without revisions, so that some of before the decision are read too. */
  @Test
  void itIsNotOlderThanTheDecision() throws Exception {
    sides.board.link(sides.board.create("User Story"), story);
    sides.board.move(story, "Active");
    sides.board.set(story, "System.Title", "Another");
    sides.board.set(story, "System.Title", "A third");
    assertThat(sides.board.item(story).updates()).isGreaterThan(sides.board.item(story).rev());
    assertThat(found(3, read()).change().revision()).isEqualTo(3);
  }
}
