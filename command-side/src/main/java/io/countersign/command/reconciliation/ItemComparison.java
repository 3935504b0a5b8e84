package io.countersign.command.reconciliation;

import static io.countersign.command.reconciliation.NotComparedException.need;

import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.azuredevops.client.Slice;
import io.countersign.command.azuredevops.client.WorkItemCalls;
import io.countersign.command.inbox.Incoming;
import io.countersign.command.reconciliation.Findings.Missing;
import io.countersign.command.reconciliation.Window.Seen;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.reconciliation.Difference.Kind;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares one work item. Asks the source for its updates only where something has to be missing.
 */
final class ItemComparison {

  /** An item cannot have more by REST. */
  private static final int MOST_PAGES = 200;

  private final WorkItemCalls source;
  private final ProjectId project;
  private final Envelopes envelopes;
  private final boolean everything;

  /**
   * For one project.
   *
   * @param everything whether updates are read of every item, from its first one on
   */
  ItemComparison(WorkItemCalls source, ProjectId project, boolean everything) {
    this.source = source;
    this.project = project;
    this.envelopes = new Envelopes(project);
    this.everything = everything;
  }

  /**
   * Compares.
   *
   * @param seen how the window shows it; absent when it only waited to be made whole
   * @param waited whether it waited to be made whole
   */
  Findings compare(int number, @Nullable Seen seen, Known known, boolean waited)
      throws NotComparedException {
    WorkItemId workItem = new WorkItemId(project.organization(), number);
    if (seen != null && seen.isDeleted()) {
      return deleted(workItem, seen, known);
    }
    boolean allKnown =
        seen != null
            && !seen.isLinked()
            && seen.revisions().stream().allMatch(known::isSureOf)
            && !known.hasGap()
            && !known.isDeleted();
    if (allKnown && !everything && !waited) {
      return Findings.none(workItem);
    }
    Integer since = waited || known.wasInBin() ? Integer.valueOf(1) : since(seen);
    int first = known.firstMissing(since);
    Answer<List<JsonNode>> answer = all(skip -> source.updates(number, skip), first - 1);
    if (answer instanceof Answer.NotFoundOrNotPermitted<List<JsonNode>>) {
      return unreadable(workItem, seen, known);
    }
    return readable(workItem, first, since, need(answer), known);
  }

  /**
   * The earliest revision that is asked for. What waits to be made whole is looked at as a whole;
   * what was in the recycle bin, too: while it was there its updates could not be read.
   */
  private @Nullable Integer since(@Nullable Seen seen) {
    if (everything || seen == null) {
      return 1;
    }
    return seen.revisions().isEmpty() ? null : seen.revisions().first();
  }

  /** In the recycle bin: what led there cannot be read, that it is there is known. */
  private Findings deleted(WorkItemId workItem, Seen seen, Known known) {
    List<Missing> missing = new ArrayList<>();
    List<Incoming> deliveries = new ArrayList<>();
    int last = seen.revisions().getLast();
    JsonNode newest = Objects.requireNonNull(seen.newest());
    // what went there is known by now, or came out again after this window and is known by that
    boolean lost = !known.isDeleted() && !known.knowsRevision(last);
    for (int revision : seen.revisions()) {
      if (revision != last && !known.knowsRevision(revision)) {
        missing.add(new Missing(Kind.REVISION, revision));
      }
    }
    if (lost) {
      missing.add(new Missing(Kind.DELETION, last));
      deliveries.add(envelopes.deleted(newest));
    }
    return new Findings(workItem, missing, List.of(), deliveries, true);
  }

  /** Listed, and not to be had: gone meanwhile, or not for us. */
  private static Findings unreadable(WorkItemId workItem, @Nullable Seen seen, Known known) {
    List<Missing> missing =
        seen == null
            ? List.of()
            : seen.revisions().stream()
                .filter(revision -> !known.knowsRevision(revision))
                .map(revision -> new Missing(Kind.REVISION, revision))
                .toList();
    return new Findings(workItem, missing, List.of(), List.of(), false);
  }

  private Findings readable(
      WorkItemId workItem, int first, @Nullable Integer since, List<JsonNode> updates, Known known)
      throws NotComparedException {
    List<Missing> missing = new ArrayList<>();
    List<JsonNode> lost = new ArrayList<>();
    int highest = first - 1;
    for (JsonNode update : updates) {
      int id = update.path("id").asInt(0);
      if (id <= highest) {
        throw new NotComparedException("updates of a work item are not in their order");
      }
      highest = id;
      boolean expected = known.isExpected(id, update.path("rev").asInt(0), since);
      if (expected && !known.knowsUpdate(id)) {
        missing.add(new Missing(Kind.UPDATE, id));
        lost.add(update);
      }
    }
    List<Incoming> deliveries = new ArrayList<>();
    if (!lost.isEmpty()) {
      Map<Integer, JsonNode> revisions = revisions(workItem, lost.getFirst());
      for (JsonNode update : lost) {
        deliveries.add(delivery(update, revisions));
      }
    }
    if (known.isDeleted()) {
      JsonNode item = need(source.get(workItem.number())).json();
      missing.add(new Missing(Kind.RESTORATION, item.path("rev").asInt(1)));
      deliveries.add(envelopes.restored(item, restoredAt(updates)));
    }
    return new Findings(
        workItem, missing, List.copyOf(known.updatesAfter(highest)), deliveries, true);
  }

  private Incoming delivery(JsonNode update, Map<Integer, JsonNode> revisions) {
    int rev = update.path("rev").asInt(0);
    JsonNode revision = revisions.get(rev);
    return update.path("id").asInt(0) == 1 && rev == 1 && revision != null
        ? envelopes.created(revision)
        : envelopes.updated(update, revision);
  }

  /** By their numbers, from that of the first update on. */
  private Map<Integer, JsonNode> revisions(WorkItemId workItem, JsonNode first)
      throws NotComparedException {
    int from = Math.max(1, first.path("rev").asInt(1));
    Map<Integer, JsonNode> revisions = new TreeMap<>();
    need(all(skip -> source.revisions(workItem.number(), skip), from - 1))
        .forEach(revision -> revisions.put(revision.path("rev").asInt(0), revision));
    return revisions;
  }

  private static @Nullable String restoredAt(List<JsonNode> updates) {
    String at = null;
    for (JsonNode update : updates) {
      JsonNode fields = update.path("fields");
      if (fields.has(WindowReader.DELETED)) {
        at = fields.path(WindowReader.CHANGED).path("newValue").asString(at);
      }
    }
    return at;
  }

  /** One page of a list. */
  private interface Page {
    Answer<Slice> from(int skip);
  }

  private static Answer<List<JsonNode>> all(Page page, int skip) throws NotComparedException {
    List<JsonNode> all = new ArrayList<>();
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      switch (page.from(skip + all.size())) {
        case Answer.Failure<Slice> failure -> {
          return failure.as();
        }
        case Answer.Ok<Slice> ok -> {
          all.addAll(ok.value().items());
          if (ok.value().last()) {
            return new Answer.Ok<>(all, null, null);
          }
        }
      }
    }
    throw new NotComparedException("a work item has more updates than a service lists");
  }
}
