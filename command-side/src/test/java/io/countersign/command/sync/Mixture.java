package io.countersign.command.sync;

import io.countersign.kernel.Actor;
import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.reconciliation.Asked;
import io.countersign.kernel.workitem.ConflictResolution;
import io.countersign.kernel.workitem.GateAnswer;
import io.countersign.kernel.workitem.GateCommand.ConsiderTransitions;
import io.countersign.kernel.workitem.Prospect;
import io.countersign.kernel.workitem.SyncCommand.ResolveConflict;
import io.countersign.kernel.workitem.SyncEvent.ConflictDetected;
import io.countersign.kernel.workitem.SyncEvent.ConflictResolved;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.sandbox.azuredevops.Fault;
import io.countersign.sandbox.azuredevops.Fault.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.dao.DataAccessException;

/**
 * Changes of both sides, one after the other, by a seed, with faults and outages between them. What
 * is done is the seed's; what meets what is the machine's, as everything is under way meanwhile.
 */
final class Mixture {

  static final Map<String, WorkItemState> STATES =
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
          Kind.RESET,
          Kind.RESET_AFTERWARDS,
          Kind.SERVER_ERROR,
          Kind.UNAVAILABLE,
          Kind.SIGN_IN,
          Kind.TOO_MANY_REQUESTS);

  /** Each policy has so many turns. */
  private static final int TURNS = 2;

  private static final int MOST_UNDER_WAY = 300;
  private static final int REMEMBERED = 12;

  private final MixedSides mixed;
  private final TwoSides sides;
  private final long seed;
  private final int changes;
  private final boolean harsh;
  private final Random random;
  private final MixedOutages outages;
  private final List<Integer> items = new ArrayList<>();
  private final Set<Integer> deleted = new HashSet<>();
  private final Set<List<Integer>> links = new LinkedHashSet<>();
  private final Map<Integer, List<String>> journal = new TreeMap<>();
  private int number;

  Mixture(MixedSides mixed, long seed, int changes, boolean harsh) {
    this.mixed = mixed;
    this.sides = mixed.sides;
    this.seed = seed;
    this.changes = changes;
    this.harsh = harsh;
    this.random = new Random(seed);
    this.outages = new MixedOutages(mixed, random, harsh);
  }

  /** An item that both sides may know, or only theirs. */
  void story() {
    int item = sides.board.create("User Story");
    items.add(item);
    note(item, "created there");
  }

  List<Integer> items() {
    return items;
  }

  /** All changes; half-way the two are compared, while much is under way. */
  void run() throws Exception {
    for (number = 1; number <= changes; number++) {
      int item = items.get(random.nextInt(items.size()));
      try {
        between();
        change(item);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("%s failed".formatted(where(item)), e);
      }
    }
    outages.end();
    for (int item : List.copyOf(deleted)) {
      restore(item);
    }
  }

  /** Where a failure is: the seed, the last change, and what was done to the item. */
  String where(int item) {
    return "seed %d, change %d of %d, item %d (%s)"
        .formatted(
            seed,
            Math.min(number, changes),
            changes,
            item,
            String.join(", ", journal.getOrDefault(item, List.of())));
  }

  private void note(int item, String what) {
    List<String> notes = journal.computeIfAbsent(item, _ -> new ArrayList<>());
    notes.add(number + ": " + what);
    if (notes.size() > REMEMBERED) {
      notes.removeFirst();
    }
  }

  private void between() throws Exception {
    outages.endWhenDue(number);
    if (number == changes / 2) {
      outages.end();
      mixed.lineHeals();
      mixed.reconcile(Asked.SCHEDULE);
    }
    int turn = Math.max(1, changes / (TURNS * ConflictPolicy.values().length));
    if (number % turn == 1 && !outages.isOurs()) {
      ConflictPolicy[] policies = ConflictPolicy.values();
      once(() -> sides.policy(policies[number / turn % policies.length]));
    }
    outages.beginNowAndThen(number);
    if (number % 20 == 0 && !outages.isOurs()) {
      MixedSides.await("the inbox", () -> mixed.pending() < MOST_UNDER_WAY);
    }
  }

  private void change(int picked) throws Exception {
    if (deleted.contains(picked) && random.nextInt(3) == 0) {
      restore(picked);
      return;
    }
    int item = deleted.contains(picked) ? items.getFirst() : picked;
    int kind = random.nextInt(100);
    if (kind < (harsh ? 35 : 45) || outages.isOurs()) {
      theirs(item, random.nextInt(45));
    } else if (kind < (harsh ? 68 : 80)) {
      once(() -> request(item));
    } else if (kind < 88) {
      fault();
    } else if (kind < 94) {
      once(sides.intended::retryAll);
    } else {
      once(() -> decide(item));
    }
  }

  private void fault() {
    String item = "^/fabrikam/_apis/wit/workitems/\\d+";
    var control = sides.sandbox.control();
    if (harsh) {
      control.fault(Fault.of(Kind.RESET_AFTERWARDS, 1, "PATCH", item + "$"));
      control.fault(Fault.of(Kind.UNAVAILABLE, 4, "GET", item + "/updates$"));
    } else {
      control.fault(Fault.of(any(FAULTS), 1, "PATCH", item + "$"));
    }
  }

  private void theirs(int item, int kind) {
    if (kind < 24) {
      String state = any(NAMES);
      sides.board.move(item, state);
      note(item, "they: " + state);
    } else if (kind < 29) {
      sides.board.set(item, "System.Title", "Title " + number);
      note(item, "title");
    } else if (kind < 32) {
      sides.board.set(
          item, "Microsoft.VSTS.Common.Priority", String.valueOf(1 + random.nextInt(4)));
      note(item, "priority");
    } else if (kind < 35) {
      assign(item);
    } else if (kind < 38) {
      sides.board.say(item, "Said at " + number);
      note(item, "comment");
    } else if (kind < 42) {
      link(item);
    } else if (kind < 44) {
      delete(item);
    } else {
      story();
    }
  }

  private void assign(int item) {
    String assignee = "System.AssignedTo";
    if (random.nextBoolean()) {
      sides.board.set(item, assignee, sides.sandbox.control().owner().mail());
      note(item, "assigned");
    } else if (sides.board.now(item).path("fields").has(assignee)) {
      sides.board.clear(item, assignee);
      note(item, "unassigned");
    }
  }

  /** Takes a link away that is there, or makes one. */
  private void link(int item) {
    int other = any(items);
    var link = List.of(Math.min(item, other), Math.max(item, other));
    if (item == other || deleted.contains(other)) {
      return;
    }
    if (links.remove(link)) {
      sides.board.unlink(link.getFirst(), link.getLast());
    } else {
      links.add(link);
      sides.board.link(link.getFirst(), link.getLast());
    }
    note(item, "link with " + other);
    note(other, "link with " + item);
  }

  private void delete(int item) {
    if (item != items.getFirst()) {
      sides.board.delete(item);
      deleted.add(item);
      note(item, "deleted");
    }
  }

  private void restore(int item) {
    sides.board.restore(item);
    deleted.remove(item);
    note(item, "restored");
  }

  /** What a person does, who is told now and then to try again, and does not. */
  private interface Doing {
    void run() throws Exception;
  }

  private static void once(Doing doing) throws Exception {
    try {
      doing.run();
    } catch (ConcurrencyException | EventStoreException | DataAccessException _) {
      // somebody else was at the item, or a connection of before the outage was the first at hand
    }
  }

  /** Mostly something that is allowed. */
  private void request(int item) throws Exception {
    if (!isKnown(item)) {
      return;
    }
    var answer = sides.send(new ConsiderTransitions(sides.id(item), sides.basis(item)));
    List<WorkItemState> allowed =
        answer instanceof GateAnswer.Considered considered
            ? considered.prospects().stream()
                .filter(Prospect::allowed)
                .map(Prospect::to)
                .filter(STATES::containsValue)
                .toList()
            : List.of();
    boolean any = allowed.isEmpty() || random.nextInt(4) == 0;
    WorkItemState to = any ? STATES.get(any(NAMES)) : any(allowed);
    note(item, "we: " + to.word());
    sides.request(item, to);
  }

  /** Whether our side was ever told of it. */
  private boolean isKnown(int item) {
    return sides.events().lastSequenceNumberFor(sides.id(item).toString()).isPresent();
  }

  /** A person decides the conflicts of an item, one way or the other. */
  int decide(int item) throws Exception {
    if (!isKnown(item)) {
      return 0;
    }
    List<UUID> open = open(sides.eventsOf(item));
    for (UUID conflict : open) {
      ConflictResolution keep = any(List.of(ConflictResolution.values()));
      note(item, "decided: " + keep.word());
      once(
          () ->
              sides.send(
                  new ResolveConflict(
                      sides.id(item),
                      conflict,
                      keep,
                      Actor.principal("olga"),
                      null,
                      true,
                      sides.basis(item))));
    }
    return open.size();
  }

  private static List<UUID> open(List<WorkItemEvent> events) {
    List<UUID> open = new ArrayList<>();
    for (WorkItemEvent event : events) {
      if (event instanceof ConflictDetected detected) {
        open.add(detected.conflict());
      } else if (event instanceof ConflictResolved resolved) {
        open.remove(resolved.conflict());
      }
    }
    return open;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
