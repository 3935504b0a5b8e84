package io.countersign.command.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.workitem.HeldItem;
import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.GateCommand.ConsiderTransitions;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.SyncEvent.ConflictDetected;
import io.countersign.kernel.workitem.SyncEvent.ConflictResolved;
import io.countersign.kernel.workitem.SyncEvent.TransitionConfirmed;
import io.countersign.kernel.workitem.SyncEvent.TransitionWritten;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemEvent.TransitionViolated;
import io.countersign.sandbox.azuredevops.ItemView;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Holds all that our side has of an item against theirs. */
final class MixedChecks {

  private static final String PRIORITY = "Microsoft.VSTS.Common.Priority";

  private final TwoSides sides;
  private final IntFunction<String> where;

  /**
   * Checks.
   *
   * @param where what a failure is to name, of an item
   */
  MixedChecks(TwoSides sides, IntFunction<String> where) {
    this.sides = sides;
    this.where = where;
  }

  /** Everything. */
  void isEqualAndExplained(int item) throws Exception {
    ItemView there = sides.board.item(item);
    List<WorkItemEvent> events = sides.eventsOf(item);
    List<JsonNode> updates = sides.board.updates(item);
    aggregate(item, there);
    told(item, events, sides.board.now(item));
    writes(item, events);
    conflicts(item, events, updates);
    judged(item, events);
  }

  /** Ids of the updates that the log has of an item. */
  TreeSet<Integer> known(int item) {
    TreeSet<Integer> ids = new TreeSet<>();
    sides.eventsOf(item).stream()
        .map(MixedChecks::change)
        .filter(change -> change != null && change.updateId() != null)
        .forEach(change -> ids.add(change.updateId()));
    return ids;
  }

  /** All are restored in the end: then nobody told of it. An item nobody knows is in no bin. */
  boolean isHeldForDeleted(int item) {
    return !sides.eventsOf(item).isEmpty() && HeldItem.of(sides.events(), sides.id(item)).deleted();
  }

  private void aggregate(int item, ItemView there) throws Exception {
    var answer =
        (GateAnswer.Considered)
            sides.send(new ConsiderTransitions(sides.id(item), sides.basis(item)));
    assertThat(answer.from())
        .as("state of %s", where.apply(item))
        .isEqualTo(Mixture.STATES.get(there.state()));
    HeldItem held = HeldItem.of(sides.events(), sides.id(item));
    JsonNode now = sides.board.now(item);
    assertThat(held)
        .as(() -> "what is held of %s, told %s".formatted(where.apply(item), links(item)))
        .isEqualTo(
            new HeldItem(
                there.state(),
                there.rev(),
                "1-" + there.updates(),
                there.deleted(),
                links(now),
                there.comments(),
                now.path("fields").has("System.AssignedTo"),
                0,
                null,
                null));
  }

  /** What told of its links, in the order in which it was told. */
  private String links(int item) {
    List<String> told = new ArrayList<>();
    for (WorkItemEvent event : sides.eventsOf(item)) {
      String links =
          switch (event) {
            case WorkItemEvent.Registered e -> "shows " + e.links();
            case WorkItemEvent.LinksChanged e -> "made " + e.added() + ", removed " + e.removed();
            case WorkItemEvent.LateUpdateRecorded e ->
                "late: made " + e.added() + ", removed " + e.removed();
            default -> "";
          };
      SourceChange change = change(event);
      if (change != null && !links.isEmpty()) {
        told.add(
            "update %s, revision %d %s".formatted(change.updateId(), change.revision(), links));
      }
    }
    return String.join("; ", told);
  }

  private static List<String> links(JsonNode now) {
    List<String> links = new ArrayList<>();
    for (JsonNode relation : now.path("relations")) {
      String kind = relation.path("rel").asString("");
      if (kind.equals("System.LinkTypes.Dependency-Reverse")) {
        links.add(kind + " " + relation.path("url").asString(""));
      }
    }
    return links.stream().sorted().toList();
  }

  /** What readers of the events know. */
  private void told(int item, List<WorkItemEvent> events, JsonNode now) {
    SealedText title = null;
    String priority = null;
    int toldBy = 0;
    for (WorkItemEvent event : events) {
      switch (event) {
        case WorkItemEvent.Registered e -> {
          title = e.title();
          priority = plain(e.fields().get(PRIORITY));
        }
        case WorkItemEvent.Retitled e -> title = e.title();
        case WorkItemEvent.FieldsChanged e -> {
          Integer update = e.change().updateId();
          for (FieldChange change : e.changes()) {
            if (change.field().equals(PRIORITY) && update != null && update > toldBy) {
              toldBy = update;
              priority = plain(change.after());
            }
          }
        }
        default -> {
          // tells of neither
        }
      }
    }
    assertThat(title == null ? null : text(title))
        .as("title of %s", where.apply(item))
        .isEqualTo(now.path("fields").path("System.Title").asString());
    assertThat(priority)
        .as("priority of %s", where.apply(item))
        .isEqualTo(now.path("fields").path(PRIORITY).asString());
  }

  private String text(SealedText sealed) {
    return new AesTextCipher(sides.keys(), new SecureRandom()).open(sealed)
            instanceof Opened.Text(var clear)
        ? clear
        : "cannot be read";
  }

  private static @Nullable String plain(@Nullable FieldValue value) {
    return value instanceof FieldValue.Plain(String text) ? text : null;
  }

  /** Each once, each recorded, each seen to come back. */
  private void writes(int item, List<WorkItemEvent> events) {
    List<Integer> recorded =
        of(events, TransitionWritten.class).map(TransitionWritten::revision).sorted().toList();
    assertThat(sides.board.written(item))
        .as(
            () ->
                "our writes of %s, each once and each recorded (%s; %s)"
                    .formatted(where.apply(item), sides.names(item), sides.intended.standing(item)))
        .containsExactlyElementsOf(recorded);
    assertThat(recordedInTime(events))
        .as("our writes of %s, each seen to come back", where.apply(item))
        .isSubsetOf(
            of(events, TransitionConfirmed.class).map(one -> one.change().revision()).toList());
  }

  /** Not those whose webhook was faster than the record of them: nobody knew whose they were. */
  private static List<Integer> recordedInTime(List<WorkItemEvent> events) {
    List<Integer> inTime = new ArrayList<>();
    List<Integer> told = new ArrayList<>();
    for (WorkItemEvent event : events) {
      if (event instanceof WorkItemEvent.StateChanged moved) {
        told.add(moved.change().revision());
      } else if (event instanceof WorkItemEvent.LateUpdateRecorded late) {
        told.add(late.change().revision());
      } else if (event instanceof TransitionWritten ours && !told.contains(ours.revision())) {
        inTime.add(ours.revision());
      }
    }
    return inTime;
  }

  /** Each has both values, as they were, and one decision by somebody who may decide. */
  private void conflicts(int item, List<WorkItemEvent> events, List<JsonNode> updates) {
    List<ConflictDetected> detected = of(events, ConflictDetected.class).toList();
    List<ConflictResolved> resolved = of(events, ConflictResolved.class).toList();
    assertThat(resolved.stream().map(ConflictResolved::conflict))
        .as("decisions of the conflicts of %s", where.apply(item))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            detected.stream().map(ConflictDetected::conflict).toList());
    for (ConflictDetected one : detected) {
      assertThat(one.sourceTheirs())
          .as("their side of the conflict %s of %s", one, where.apply(item))
          .isEqualTo(stateAt(updates, one.change().revision()));
      assertThat(one.theirs()).isEqualTo(Mixture.STATES.get(one.sourceTheirs()));
      assertThat(one.wanted())
          .as("sides of the conflict %s of %s", one, where.apply(item))
          .isNotEqualTo(one.theirs());
    }
    assertThat(resolved.stream().map(one -> one.decidedBy().ref()))
        .as("who decided the conflicts of %s", where.apply(item))
        .isSubsetOf("automation:write-transitions", "principal:olga", "source:azure-devops");
  }

  private static String stateAt(List<JsonNode> updates, int revision) {
    String state = "";
    for (JsonNode update : updates) {
      if (update.path("rev").asInt() <= revision) {
        state = update.path("fields").path("System.State").path("newValue").asString(state);
      }
    }
    return state;
  }

  /** What we wrote is no violation, and nothing is one twice. */
  private void judged(int item, List<WorkItemEvent> events) {
    List<Integer> ours = recordedInTime(events);
    assertThat(of(events, TransitionViolated.class).map(one -> one.change().revision()))
        .as("violations of %s", where.apply(item))
        .doesNotHaveDuplicates()
        .noneMatch(ours::contains);
  }

  private static @Nullable SourceChange change(WorkItemEvent event) {
    return switch (event) {
      case WorkItemEvent.Registered e -> e.change();
      case WorkItemEvent.StateChanged e -> e.change();
      case WorkItemEvent.Retitled e -> e.change();
      case WorkItemEvent.AssignmentChanged e -> e.change();
      case WorkItemEvent.FieldsChanged e -> e.change();
      case WorkItemEvent.LinksChanged e -> e.change();
      case WorkItemEvent.Commented e -> e.change();
      case WorkItemEvent.LateUpdateRecorded e -> e.change();
      default -> null;
    };
  }

  private static <E> Stream<E> of(List<WorkItemEvent> events, Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast);
  }
}
