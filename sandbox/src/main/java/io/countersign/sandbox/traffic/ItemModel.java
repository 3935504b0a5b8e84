package io.countersign.sandbox.traffic;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver that keeps its promises knows of one work item, given what it was told, in the
 * order it was told: every update once; of older ones than the newest known, what no later one told
 * of holds, and the rest fills the history as late. Written from docs/vocabulary.md, so it is a
 * second opinion, not the server's own code.
 */
final class ItemModel {

  private static final String REGISTERED = "workitem.Registered";
  private static final String COMMENTED = "workitem.Commented";
  private static final String LATE = "workitem.LateUpdateRecorded";
  private static final String FIELDS = "workitem.FieldsChanged";

  private final BitSet updates = new BitSet();
  private final BitSet comments = new BitSet();
  private boolean registered;
  private int knownFrom;
  private int firstRevision;
  private boolean deleted;
  private @Nullable Long binnedOrRestoredAt;
  private String state = "";
  private String title = "";
  private @Nullable String assignee;
  private int stateTold;
  private int titleTold;
  private int assigneeTold;
  private Told.@Nullable Item newest;

  /** Names of the entries a delivery leads to, in order, judgements left out. */
  List<String> tell(String type, Told.Item told) {
    if (newest == null || told.update() > newest.update()) {
      newest = told;
    }
    return switch (type) {
      case "workitem.created" -> created(told);
      case "workitem.updated" -> updated(told);
      case "workitem.commented" -> commented(told);
      case "workitem.deleted" -> binned(told, true);
      case "workitem.restored" -> binned(told, false);
      default -> throw new IllegalStateException(type);
    };
  }

  private List<String> created(Told.Item told) {
    if (!registered) {
      register(told, told.state());
      know(told.update());
      return List.of(REGISTERED);
    }
    if (updates.get(told.update())) {
      return List.of();
    }
    know(told.update());
    return List.of(LATE);
  }

  private List<String> updated(Told.Item told) {
    List<String> names = new ArrayList<>();
    Set<Tells> tells = told.tells();
    boolean comment = tells.contains(Tells.COMMENT) && !comments.get(told.revision());
    if (!registered) {
      register(told, told.before());
      names.add(REGISTERED);
      if (tells.contains(Tells.STATE)) {
        names.add("workitem.StateChanged");
        state = told.state();
        stateTold = told.update();
      }
    } else if (updates.get(told.update())) {
      return List.of();
    } else if (isLate(told)) {
      names.add(LATE);
      if (isAfterSighting(told)) {
        changes(told, names);
      }
    } else {
      current(told, names, comment);
    }
    know(told.update());
    if (comment) {
      comments.set(told.revision());
      names.add(COMMENTED);
    }
    return names;
  }

  private void current(Told.Item told, List<String> names, boolean comment) {
    if (knownFrom > 0 && told.update() > updates.length()) {
      names.add("workitem.GapDetected");
    }
    int before = names.size();
    changes(told, names);
    if (names.size() == before && !comment) {
      names.add(FIELDS);
    }
  }

  /** What it told, unless a later one told of the same. */
  private void changes(Told.Item told, List<String> names) {
    int update = told.update();
    if (told.tells().contains(Tells.STATE) && update > stateTold) {
      names.add("workitem.StateChanged");
      state = told.state();
      stateTold = update;
    }
    if (told.tells().contains(Tells.TITLE) && update > titleTold) {
      names.add("workitem.Retitled");
      title = told.title();
      titleTold = update;
    }
    if (told.tells().contains(Tells.ASSIGNEE) && update > assigneeTold) {
      names.add("workitem.AssignmentChanged");
      assignee = told.assignee();
      assigneeTold = update;
    }
    if (told.tells().contains(Tells.FIELDS)) {
      names.add(FIELDS);
    }
    if (told.tells().contains(Tells.LINKS)) {
      names.add("workitem.LinksChanged");
    }
  }

  /** Whether the first sighting did not show it yet: links change without a new revision. */
  private boolean isAfterSighting(Told.Item told) {
    return told.revision() > firstRevision
        || told.revision() == firstRevision && knownFrom > 0 && told.update() > knownFrom;
  }

  private List<String> commented(Told.Item told) {
    List<String> names = new ArrayList<>();
    if (!registered) {
      register(told, told.state());
      names.add(REGISTERED);
    } else if (comments.get(told.revision())) {
      return List.of();
    }
    comments.set(told.revision());
    names.add(COMMENTED);
    return names;
  }

  private List<String> binned(Told.Item told, boolean now) {
    List<String> names = new ArrayList<>();
    if (!registered) {
      register(told, told.state());
      names.add(REGISTERED);
    } else if (binnedOrRestoredAt != null
        && (deleted == now ? told.at() <= binnedOrRestoredAt : told.at() < binnedOrRestoredAt)) {
      return List.of();
    }
    deleted = now;
    binnedOrRestoredAt = told.at();
    names.add(now ? "workitem.Deleted" : "workitem.Restored");
    return names;
  }

  private void register(Told.Item told, String first) {
    registered = true;
    firstRevision = told.revision();
    state = first;
    title = told.title();
    assignee = told.assignee();
  }

  private void know(int update) {
    updates.set(update);
    if (knownFrom == 0) {
      knownFrom = update;
    }
  }

  private boolean isLate(Told.Item told) {
    return knownFrom == 0 ? told.revision() <= firstRevision : told.update() < updates.length() - 1;
  }

  boolean isRegistered() {
    return registered;
  }

  String state() {
    return state;
  }

  String title() {
    return title;
  }

  @Nullable String assignee() {
    return assignee;
  }

  boolean isDeleted() {
    return deleted;
  }

  /** Whether what holds here is not what the source showed with its newest update. */
  boolean isBehindSource() {
    Told.Item last = newest;
    return last != null
        && last.update() > 0
        && !(last.state().equals(state)
            && last.title().equals(title)
            && Objects.equals(last.assignee(), assignee));
  }
}
