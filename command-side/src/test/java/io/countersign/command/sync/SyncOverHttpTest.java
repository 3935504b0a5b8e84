package io.countersign.command.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.domain.CommandSender;
import io.countersign.kernel.Actor;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.project.GateSettings;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.workitem.ConflictResolution;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Fields;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.SyncCommand.RecordWriteRefused;
import io.countersign.kernel.workitem.SyncCommand.ResolveConflict;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.SyncEvent.ConflictDetected;
import io.countersign.kernel.workitem.SyncEvent.TransitionWritten;
import io.countersign.kernel.workitem.SyncEvent.WriteRefused;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.sandbox.azuredevops.Fault;
import io.countersign.sandbox.azuredevops.Fault.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests of ours that reach Azure DevOps, over HTTP and PostgreSQL. */
class SyncOverHttpTest {

  private static final String PATCH_ITEM = "_apis/wit/workitems/\\d+$";

  @TempDir private Path directory;
  private final List<String> words = new CopyOnWriteArrayList<>();
  private TwoSides sides;

  @BeforeEach
  void start() {
    sides = new TwoSides(directory, this::listening);
  }

  @AfterEach
  void stop() {
    sides.close();
  }

  /** Hears the words that will be sealed. */
  private CommandSender listening(CommandSender sender) {
    return (command, id, metadata) -> {
      if (command instanceof RecordWriteRefused refusal) {
        words.add(refusal.words().clear());
      }
      return sender.send(command, id, metadata);
    };
  }

  private void fault(Kind kind, int times, String method) {
    sides.sandbox.control().fault(Fault.of(kind, times, method, PATCH_ITEM));
  }

  private <E extends SyncEvent> E last(int story, Class<E> type) {
    return sides.eventsOf(story).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private long count(int story, Class<? extends SyncEvent> type) {
    return sides.eventsOf(story).stream().filter(type::isInstance).count();
  }

  @Test
  void aRequestIsWrittenWithItsReasonAndTheEchoConfirmsIt() throws Exception {
    int story = sides.story();
    sides.request(story, WorkItemState.READY);
    sides.intended.awaitWritten(story);
    assertThat(sides.board.states(story)).containsExactly("New", "Ready");
    assertThat(sides.board.history(story))
        .contains("moved from New to Ready, as olga asked")
        .contains("countersign:");
    assertThat(last(story, TransitionWritten.class).revision())
        .isEqualTo(sides.board.item(story).rev());
    sides.takeDeliveries();
    assertThat(sides.names(story))
        .containsSubsequence(
            "TransitionRequested", "TransitionWritten", "StateChanged", "TransitionConfirmed")
        .doesNotContain("TransitionViolated", "ConflictDetected");
    assertThat(sides.meters.timer("countersign.sync.lag").count()).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"PRECONDITION_FAILED", "CONFLICT", "RESET_AFTERWARDS", "SERVER_ERROR"})
  void whateverBefallsTheWriteThereIsExactlyOne(Kind kind) throws Exception {
    int story = sides.story();
    fault(kind, 1, "PATCH");
    sides.request(story, WorkItemState.READY);
    sides.intended.awaitWritten(story);
    assertThat(sides.board.states(story))
        .as("%s %s", sides.names(story), words)
        .containsExactly("New", "Ready");
    assertThat(count(story, TransitionWritten.class)).isOne();
    sides.takeDeliveries();
    assertThat(sides.names(story)).containsOnlyOnce("TransitionConfirmed");
  }

  @Test
  void whatMayBeWrittenAndIsNotThereIsLookedForUntilItIs() throws Exception {
    int story = sides.story();
    fault(Kind.RESET_AFTERWARDS, 1, "PATCH");
    sides
        .sandbox
        .control()
        .fault(Fault.of(Kind.NOT_FOUND, 1, "GET", "_apis/wit/workitems/\\d+/updates$"));
    sides.request(story, WorkItemState.READY);
    sides.intended.awaitReason(story, "not-there");
    sides.intended.retryUntilWritten(story);
    assertThat(sides.board.states(story)).containsExactly("New", "Ready");
    assertThat(count(story, TransitionWritten.class)).isOne();
  }

  @Test
  void anOutageIsWaitedForAndSeen() throws Exception {
    int story = sides.story();
    sides.sandbox.control().outage(Duration.ofMinutes(10));
    sides.request(story, WorkItemState.READY);
    sides.intended.awaitReason(story, "unavailable");
    assertThat(sides.board.item(story).state()).isEqualTo("New");
    sides.sandbox.control().clearFaults();
    sides.intended.retryUntilWritten(story);
    assertThat(sides.board.states(story)).containsExactly("New", "Ready");
  }

  @Test
  void aPageToSignInIsNoAnswerAndTheWriteWaits() throws Exception {
    int story = sides.story();
    fault(Kind.SIGN_IN, 1, "GET");
    sides.request(story, WorkItemState.READY);
    sides.intended.awaitReason(story, "unauthorized");
    sides.intended.retryUntilWritten(story);
    assertThat(sides.board.states(story)).containsExactly("New", "Ready");
  }

  @Test
  void whatMayNotBeWrittenIsRefusedInTheServicesWords() throws Exception {
    int story = sides.story();
    fault(Kind.NOT_FOUND, 1, "PATCH");
    sides.request(story, WorkItemState.READY);
    sides.intended.awaitWritten(story);
    assertThat(last(story, WriteRefused.class).code()).isEqualTo("not-found-or-not-permitted");
    assertThat(words).singleElement().asString().contains("TF401232");
    assertThat(sides.board.item(story).state()).isEqualTo("New");
  }

  @Test
  void aRuleOfTheProcessIsToldInTheServicesWords() throws Exception {
    int story = sides.story();
    sides.board.move(story, "Closed");
    sides.send(violation(story, "Nonsense", "Closed"));
    sides.intended.awaitWritten(story);
    assertThat(last(story, WriteRefused.class).code()).isEqualTo("rule-broken");
    assertThat(words).singleElement().asString().contains("not in the list of supported values");
  }

  @Test
  void whatBrokeThePolicyIsMovedBackOnceWithTheRule() throws Exception {
    int story = sides.story();
    sides.board.move(story, "Closed");
    sides.send(violation(story, "New", "Closed"));
    sides.intended.awaitWritten(story);
    assertThat(sides.board.states(story)).containsExactly("New", "Closed", "New");
    assertThat(sides.board.history(story)).contains("moved back to New", "agile.transition");
    sides.takeDeliveries();
    assertThat(sides.names(story))
        .containsOnlyOnce("ReversalRequested", "TransitionViolated", "TransitionConfirmed");
  }

  @Test
  void whatIsMovedOnIsNotMovedBack() throws Exception {
    int story = sides.story();
    sides.board.move(story, "Closed");
    sides.board.move(story, "Active");
    sides.send(violation(story, "New", "Closed"));
    sides.intended.awaitWritten(story);
    assertThat(sides.names(story)).endsWith("WriteAbandoned");
    assertThat(sides.board.states(story)).containsExactly("New", "Closed", "Active");
  }

  /** The change that the board made as revision 2, in a project that enforces. */
  private RecordUpdate violation(int story, String from, String to) {
    var reading =
        new Reading(
            Process.AGILE,
            Map.of(from, WorkItemState.NEW, to, WorkItemState.DONE),
            GateSettings.NONE.with(ViolationMode.ENFORCE));
    var state = new FieldChange(Fields.STATE, new FieldValue.Plain(from), new FieldValue.Plain(to));
    return new RecordUpdate(
        sides.id(story),
        new Update(List.of(state), List.of(), List.of(), null),
        reading,
        null,
        new SourceChange(2, 2, Instant.now(), null));
  }

  @Test
  void whatIsThereAlreadyIsNotWrittenAgain() throws Exception {
    int story = sides.story();
    sides.board.move(story, "Ready");
    sides.request(story, WorkItemState.READY);
    sides.intended.awaitWritten(story);
    assertThat(sides.board.states(story)).containsExactly("New", "Ready");
    assertThat(sides.names(story)).endsWith("TransitionConfirmed");
    sides.takeDeliveries();
    assertThat(sides.names(story)).doesNotContain("TransitionViolated", "ConflictDetected");
  }

  @Test
  void theirsHoldsInAConflictUnlessTheProjectSaysOtherwise() throws Exception {
    int story = sides.story();
    sides.board.move(story, "Active");
    sides.request(story, WorkItemState.READY);
    sides.intended.awaitWritten(story);
    assertThat(sides.names(story))
        .endsWith("ConflictDetected", "ConflictResolved", "WriteAbandoned");
    sides.takeDeliveries();
    assertThat(sides.board.states(story)).containsExactly("New", "Active");
    assertThat(count(story, ConflictDetected.class)).isOne();
  }

  @Test
  void oursIsWrittenFromTheirStateWhereThePolicyAllowsIt() throws Exception {
    int story = sides.story();
    sides.policy(ConflictPolicy.OURS);
    sides.board.move(story, "Active");
    sides.request(story, WorkItemState.REMOVED);
    sides.intended.awaitWritten(story);
    assertThat(sides.board.states(story)).containsExactly("New", "Active", "Removed");
    sides.takeDeliveries();
    assertThat(sides.names(story)).containsOnlyOnce("TransitionConfirmed", "ConflictDetected");
  }

  @Test
  void aConflictWaitsForWhoDecidesItWhereTheProjectSaysSo() throws Exception {
    int story = sides.story();
    sides.policy(ConflictPolicy.ASK);
    sides.board.move(story, "Active");
    sides.request(story, WorkItemState.REMOVED);
    sides.intended.awaitReason(story, "waits-for-decision");
    sides.takeDeliveries();
    var conflict = last(story, ConflictDetected.class);
    assertThat(conflict.wanted()).isEqualTo(WorkItemState.REMOVED);
    assertThat(conflict.sourceTheirs()).isEqualTo("Active");
    var id = sides.id(story);
    sides.send(
        new ResolveConflict(
            id,
            conflict.conflict(),
            ConflictResolution.OURS,
            Actor.principal("olga"),
            SealedText.of(id.keyOwner(), Purpose.CONTENT, "we agreed on it"),
            false,
            sides.basis(story)));
    sides.intended.awaitWritten(story);
    assertThat(sides.board.states(story)).containsExactly("New", "Active", "Removed");
  }
}
