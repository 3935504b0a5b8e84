package io.countersign.command.workitem;

import static io.countersign.command.workitem.Samples.ITEM;
import static io.countersign.command.workitem.Samples.at;
import static io.countersign.command.workitem.Samples.sighting;
import static io.countersign.command.workitem.Samples.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.workitem.GateEvent.TransitionDecided;
import io.countersign.kernel.workitem.SyncEvent.ReversalRequested;
import io.countersign.kernel.workitem.SyncEvent.TransitionConfirmed;
import io.countersign.kernel.workitem.SyncEvent.TransitionWritten;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand.RecordDeletion;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemEvent.StateChanged;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionRequested;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionViolated;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeMatcher;
import org.junit.jupiter.api.Test;

/** Changes of others under the CMMI policy, in each mode. */
class ForeignChangesTest {

  private final FixtureConfiguration<WorkItem> fixture =
      new AggregateTestFixture<>(WorkItem.class)
          .registerCommandTargetResolver(new ByAggregateId())
          .registerInjectableResource(Cmmi.GROUNDS);

  @Test
  void whatBreaksThePolicyIsRecordedWithTheDecisionAndItsGrounds() {
    told(moved(2, 2, "New", "Ready", ViolationMode.OBSERVE))
        .expectEventsMatching(
            types(StateChanged.class, TransitionDecided.class, TransitionViolated.class));
  }

  @Test
  void whatThePolicyAllowsIsDecidedToo() {
    told(moved(2, 2, "New", "Removed", ViolationMode.ENFORCE))
        .expectEventsMatching(types(StateChanged.class, TransitionDecided.class));
  }

  @Test
  void inModeEnforceItIsToBeMovedBack() {
    told(moved(2, 2, "New", "Ready", ViolationMode.ENFORCE))
        .expectEventsMatching(
            types(
                StateChanged.class,
                TransitionDecided.class,
                TransitionViolated.class,
                ReversalRequested.class));
  }

  @Test
  void movingItBackIsNoViolationAndIsNotMovedBackAgain() {
    fixture
        .givenCommands(Samples.created(), moved(2, 2, "New", "Ready", ViolationMode.ENFORCE))
        .when(moved(3, 3, "Ready", "New", ViolationMode.ENFORCE))
        .expectEventsMatching(types(StateChanged.class, TransitionConfirmed.class));
  }

  @Test
  void oneChangeIsMovedBackOnce() {
    RecordUpdate change = moved(2, 2, "New", "Ready", ViolationMode.ENFORCE);
    fixture.givenCommands(Samples.created(), change).when(change).expectNoEvents();
  }

  @Test
  void anItemWithMissingUpdatesIsNotTouched() {
    fixture
        .givenCommands(Samples.created(), Samples.updated(4, 4))
        .when(moved(5, 5, "New", "Ready", ViolationMode.ENFORCE))
        .expectEventsMatching(without(ReversalRequested.class));
    fixture
        .givenCommands(
            Samples.created(),
            moved(3, 3, "New", "Ready", ViolationMode.ENFORCE),
            Samples.updated(4, 4))
        .when(plain(2, 2, ViolationMode.ENFORCE))
        .expectEventsMatching(without(ReversalRequested.class));
  }

  @Test
  void whatLiesInTheBinIsNotTouched() {
    fixture
        .givenCommands(Samples.created(), new RecordDeletion(ITEM, sighting("New"), at(null, 2)))
        .when(moved(2, 3, "New", "Ready", ViolationMode.ENFORCE))
        .expectEventsMatching(without(ReversalRequested.class));
  }

  @Test
  void theEchoOfOurOwnWriteIsNoViolation() {
    fixture
        .given(
            Samples.registered("New", at(1, 1)),
            new TransitionWritten(ITEM, WorkItemState.READY, "Ready", 2))
        .when(moved(2, 2, "New", "Ready", ViolationMode.ENFORCE))
        .expectEventsMatching(types(StateChanged.class, TransitionConfirmed.class));
  }

  @Test
  void aMoveThatOurRequestWantsIsNoViolation() {
    fixture
        .given(
            Samples.registered("New", at(1, 1)),
            new TransitionRequested(ITEM, WorkItemState.NEW, WorkItemState.READY))
        .when(moved(2, 2, "New", "Ready", ViolationMode.ENFORCE))
        .expectEventsMatching(types(StateChanged.class, TransitionConfirmed.class));
  }

  @Test
  void theRequestIsSpentWithTheMove() {
    fixture
        .given(
            Samples.registered("New", at(1, 1)),
            new TransitionRequested(ITEM, WorkItemState.NEW, WorkItemState.READY))
        .andGivenCommands(
            moved(2, 2, "New", "Removed", ViolationMode.OBSERVE),
            moved(3, 3, "Removed", "New", ViolationMode.OBSERVE))
        .when(moved(4, 4, "New", "Ready", ViolationMode.OBSERVE))
        .expectEventsMatching(
            types(StateChanged.class, TransitionDecided.class, TransitionViolated.class));
  }

  private ResultValidator<WorkItem> told(RecordUpdate change) {
    return fixture.givenCommands(Samples.created()).when(change);
  }

  private static RecordUpdate moved(
      int updateId, int revision, String from, String to, ViolationMode mode) {
    return new RecordUpdate(
        ITEM,
        new Update(List.of(state(from, to)), List.of(), List.of(), null),
        Cmmi.reading(mode),
        null,
        at(updateId, revision));
  }

  private static RecordUpdate plain(int updateId, int revision, ViolationMode mode) {
    return new RecordUpdate(
        ITEM,
        new Update(List.of(), List.of(), List.of(), null),
        Cmmi.reading(mode),
        null,
        at(updateId, revision));
  }

  private static Matcher<? extends List<? super EventMessage<?>>> types(Class<?>... types) {
    return Matchers.payloadsMatching(
        new Payloads(
            payloads ->
                assertThat(payloads)
                    .extracting(event -> (Object) event.getClass())
                    .containsExactly((Object[]) types)));
  }

  private static Matcher<? extends List<? super EventMessage<?>>> without(Class<?> type) {
    return Matchers.payloadsMatching(
        new Payloads(payloads -> assertThat(payloads).doesNotHaveAnyElementsOfTypes(type)));
  }

  private static final class Payloads extends TypeSafeMatcher<List<Object>> {

    private final java.util.function.Consumer<List<Object>> check;

    Payloads(java.util.function.Consumer<List<Object>> check) {
      this.check = check;
    }

    @Override
    protected boolean matchesSafely(List<Object> payloads) {
      check.accept(payloads);
      return true;
    }

    @Override
    public void describeTo(org.hamcrest.Description description) {
      description.appendText("payloads as asserted");
    }
  }
}
