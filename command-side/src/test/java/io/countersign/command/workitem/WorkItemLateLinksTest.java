package io.countersign.command.workitem;

import static io.countersign.command.workitem.Samples.AGILE;
import static io.countersign.command.workitem.Samples.ALICE;
import static io.countersign.command.workitem.Samples.BOB;
import static io.countersign.command.workitem.Samples.ITEM;
import static io.countersign.command.workitem.Samples.NOON;
import static io.countersign.command.workitem.Samples.PROJECT;
import static io.countersign.command.workitem.Samples.at;
import static io.countersign.command.workitem.Samples.commented;
import static io.countersign.command.workitem.Samples.text;
import static io.countersign.command.workitem.Samples.update;
import static io.countersign.command.workitem.Samples.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.Sighting;
import io.countersign.kernel.workitem.Update;
import io.countersign.kernel.workitem.WorkItemCommand;
import io.countersign.kernel.workitem.WorkItemCommand.RecordComment;
import io.countersign.kernel.workitem.WorkItemCommand.RecordCreation;
import io.countersign.kernel.workitem.WorkItemCommand.RecordDeletion;
import io.countersign.kernel.workitem.WorkItemCommand.RecordRestoration;
import io.countersign.kernel.workitem.WorkItemCommand.RecordUpdate;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemEvent.LateUpdateRecorded;
import io.countersign.kernel.workitem.WorkItemEvent.LinksChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Links change without a new revision, so a revision does not tell whether it shows a link. */
class WorkItemLateLinksTest {

  private static final Link LINK =
      new Link(
          "System.LinkTypes.Dependency-Reverse",
          "https://dev.azure.com/fabrikam/_apis/wit/workItems/5",
          null);
  private static final Link OTHER =
      new Link(
          "System.LinkTypes.Dependency-Reverse",
          "https://dev.azure.com/fabrikam/_apis/wit/workItems/7",
          null);
  private static final Link COMMIT =
      new Link("ArtifactLink", "vstfs:///Git/Commit/p%2fr%2f0123", null);
  private static final List<Link> NONE = List.of();
  private static final List<String> HELD = List.of(LINK.relation() + " " + LINK.target());

  private final List<WorkItemEvent> events = new ArrayList<>();

  /** Links that hold when these were told in this order. */
  private List<String> told(WorkItemCommand... commands) {
    events.clear();
    ItemState item = null;
    for (WorkItemCommand command : commands) {
      List<WorkItemEvent> news = judged(item, command);
      for (WorkItemEvent event : news) {
        item =
            event instanceof WorkItemEvent.Registered registered
                ? ItemState.begin(registered)
                : Objects.requireNonNull(item).evolve(event, NOON, null);
      }
      events.addAll(news);
    }
    return Objects.requireNonNull(item).profile().relations().current();
  }

  private static List<WorkItemEvent> judged(@Nullable ItemState item, WorkItemCommand command) {
    return switch (command) {
      case RecordCreation it -> ForeignFacts.creation(item, it, BuiltIn.GROUNDS);
      case RecordUpdate it -> ForeignFacts.update(item, it, BuiltIn.GROUNDS);
      case RecordComment it -> ForeignFacts.comment(item, it);
      case RecordDeletion it -> ForeignFacts.deletion(item, it);
      case RecordRestoration it -> ForeignFacts.restoration(item, it);
      default -> throw new IllegalArgumentException("not told by the source: " + command);
    };
  }

  private static RecordUpdate linked(int updateId, int revision) {
    return update(updateId, revision, new Update(List.of(), List.of(LINK), NONE, null));
  }

  private static RecordUpdate unlinked(int updateId, int revision) {
    return update(updateId, revision, new Update(List.of(), NONE, List.of(LINK), null));
  }

  private static Sighting showing(List<Link> links) {
    return new Sighting(
        PROJECT, "User Story", "New", AGILE, text("Sign in"), ALICE, BOB, Map.of(), links);
  }

  private static RecordComment said(List<Link> links) {
    return new RecordComment(ITEM, text("I agree"), showing(links), at(null, 4));
  }

  @Test
  void aLinkMadeAfterTheCommentThatShowedTheItemFirstHolds() {
    assertThat(told(commented(4), linked(6, 4))).isEqualTo(HELD);
    assertThat(events)
        .endsWith(new LinksChanged(ITEM, List.of(LINK), NONE, at(6, 4)))
        .noneMatch(LateUpdateRecorded.class::isInstance);
    assertThat(told(said(List.of(OTHER)), linked(6, 4))).containsAll(HELD).hasSize(2);
    assertThat(told(said(List.of(OTHER)), updated(7, 5), linked(6, 4))).containsAll(HELD);
    assertThat(told(commented(4), linked(8, 4), unlinked(7, 4), linked(6, 4))).isEqualTo(HELD);
    assertThat(told(commented(4), unlinked(7, 4), linked(6, 4))).isEmpty();
  }

  @Test
  void aLinkMadeAfterTheRestorationThatShowedTheItemFirstHolds() {
    var restored = new RecordRestoration(ITEM, showing(List.of(OTHER)), at(null, 4));
    assertThat(told(restored, linked(6, 4))).containsAll(HELD);
    assertThat(told(restored, updated(7, 5), linked(6, 4))).containsAll(HELD);
  }

  @Test
  void aLinkRemovedAfterTheCommentThatShowedItIsGone() {
    assertThat(told(said(List.of(LINK)), unlinked(6, 4))).isEmpty();
    assertThat(told(said(List.of(LINK)), updated(7, 5), unlinked(6, 4))).isEmpty();
    assertThat(told(said(List.of(LINK)), updated(7, 5), unlinked(4, 3))).isEqualTo(HELD);
  }

  @Test
  void whatAnUpdateShowedFirstIsNotUndoneByTheUpdatesBeforeIt() {
    var seen = new RecordUpdate(ITEM, links(LINK), AGILE, showing(List.of(LINK)), at(6, 4));
    assertThat(told(seen, unlinked(5, 4))).isEqualTo(HELD);
    assertThat(told(updated(6, 4), linked(5, 4))).isEmpty();
    assertThat(told(updated(6, 4), updated(8, 5), linked(7, 4))).isEqualTo(HELD);
  }

  @Test
  void whatMadeTheRevisionThatWasShownFirstIsShown() {
    assertThat(told(said(List.of(OTHER)), update(6, 4, links(COMMIT)))).hasSize(1);
    assertThat(events)
        .contains(
            new LateUpdateRecorded(ITEM, null, null, List.of(), List.of(COMMIT), NONE, at(6, 4)));
  }

  /** So does reconciliation find it in the recycle bin: the list it reads tells of no links. */
  @Test
  void linksOfAnItemThatWasFirstShownWithoutAnyAreThoseOfItsUpdates() {
    var deleted = new RecordDeletion(ITEM, showing(NONE), at(null, 4));
    var created = new RecordCreation(ITEM, showing(List.of(LINK)), at(1, 1));
    assertThat(told(deleted, linked(2, 1))).isEqualTo(HELD);
    assertThat(told(deleted, linked(2, 1), unlinked(3, 1))).isEmpty();
    assertThat(told(deleted, unlinked(3, 1), linked(2, 1))).isEmpty();
    assertThat(told(deleted, created)).isEqualTo(HELD);
    assertThat(told(deleted, unlinked(2, 1), created)).isEmpty();
  }

  private static Update links(Link link) {
    return new Update(List.of(), List.of(link), NONE, null);
  }
}
