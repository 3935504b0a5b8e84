package io.countersign.command.workitem;

import io.countersign.kernel.project.GateSettings;
import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.policy.TransitionFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is asked about, as plain values. Of people only random ids, and names of principals
 * of whom nobody said which person they are. What is not known is left out.
 */
final class Facts {

  private final WorkItemId workItem;
  private final ItemState item;
  private final WorkItemState from;
  private final WorkItemState to;

  /**
   * @param from state it leaves, where the item is already elsewhere
   */
  Facts(WorkItemId workItem, ItemState item, WorkItemState from, WorkItemState to) {
    this.workItem = workItem;
    this.item = item;
    this.from = from;
    this.to = to;
  }

  /** A person where it is known which, else the principal. */
  static String key(Decider decider) {
    return decider.person() == null
        ? "principal:" + decider.principal()
        : decider.person().toString();
  }

  /** Facts for a transition that somebody here asks for now. */
  TransitionFacts now(Decider requester, Instant moment, Work work) {
    Instant latest =
        Stream.concat(
                item.gates().approvals().stream().map(Gates.Approval::at),
                item.gates().attestations().stream().map(Gates.Attestation::at))
            .filter(at -> at.isAfter(moment))
            .max(Instant::compareTo)
            .orElse(moment); // clocks of nodes differ, the order of the log does not
    return facts(key(requester), latest, item.profile().revision(), Gates.Approval::counted, work);
  }

  /** Facts for a transition that happened with a change of the source. */
  TransitionFacts then(@Nullable String requester, Instant moment, int revision, Work work) {
    return facts(requester, moment, revision - 1, one -> one.countedBefore(revision), work);
  }

  private TransitionFacts facts(
      @Nullable String requester,
      Instant moment,
      int revision,
      Predicate<Gates.Approval> counts,
      Work work) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("now", moment);
    put(facts, "requester", requester);
    put(facts, "environment", GateSettings.environment(to));
    facts.put("item", item(revision, work));
    put(facts, "workers", workers(work));
    facts.put("documents", item.gates().documents().stream().map(Facts::document).toList());
    facts.put("attestations", item.gates().attestations().stream().map(Facts::attested).toList());
    facts.put(
        "approvals",
        item.gates().approvals().stream()
            .filter(counts)
            .filter(one -> one.to() == to)
            .map(one -> approval(one, moment))
            .toList());
    put(facts, "pullRequests", work.pullRequests());
    put(facts, "builds", work.builds());
    return TransitionFacts.of(facts);
  }

  private Map<String, Object> item(int revision, Work work) {
    Profile profile = item.profile();
    Relations relations = profile.relations();
    Map<String, Object> told = new HashMap<>();
    told.put("id", workItem.toString());
    told.put("type", profile.type());
    told.put("state", from.word());
    told.put("revision", revision);
    told.put("hasTitle", profile.hasTitle());
    told.put("assigned", profile.assignee() != null);
    told.put("deleted", item.history().deleted());
    told.put("complete", item.history().complete());
    put(told, "parent", relations.parents().size() == 1 ? parent(relations, work) : null);
    put(told, "children", counts(relations.children(), work));
    put(told, "predecessors", counts(relations.predecessors(), work));
    return told;
  }

  private static @Nullable Map<String, Object> parent(Relations relations, Work work) {
    WorkItemId id = relations.parents().getFirst();
    Work.Related parent = work.items().get(id);
    Map<String, Object> told = new HashMap<>();
    told.put("id", id.toString());
    if (parent != null) {
      told.put("type", parent.type());
      put(told, "state", parent.state());
    }
    return told;
  }

  /** Unless all are known, nothing can be said of all. */
  private static @Nullable Map<String, Object> counts(List<WorkItemId> ids, Work work) {
    List<Work.Related> known =
        ids.stream().map(work.items()::get).filter(one -> one != null).toList();
    if (known.size() < ids.size()) {
      return null;
    }
    long closed = known.stream().filter(Work.Related::closed).count();
    return Map.of("open", known.size() - closed, "closed", closed);
  }

  private @Nullable List<String> workers(Work work) {
    List<String> all = workersOf(item, work);
    return all == null ? null : List.copyOf(all);
  }

  /** Everybody who worked on the item; nothing when that is not certain to be everybody. */
  static @Nullable List<String> workersOf(ItemState item, Work work) {
    if (work.workers() == null || !item.history().complete()) {
      return null;
    }
    Set<String> all = item.profile().workerIds();
    work.workers().forEach(person -> all.add(person.toString()));
    return new ArrayList<>(all);
  }

  private static Map<String, Object> document(Gates.Document one) {
    return Map.of(
        "id", one.id(),
        "kind", one.kind(),
        "digest", one.digest(),
        "at", one.at(),
        "by", key(one.by()));
  }

  private static Map<String, Object> attested(Gates.Attestation one) {
    return Map.of(
        "requirement",
        one.requirement(),
        "by",
        key(one.by()),
        "linked",
        one.by().person() != null,
        "roles",
        one.by().roles(),
        "at",
        one.at(),
        "revision",
        one.revision(),
        "decision",
        "approved");
  }

  private static Map<String, Object> approval(Gates.Approval one, Instant moment) {
    Map<String, Object> told = new HashMap<>();
    told.put("id", one.id());
    told.put("gate", one.gate());
    told.put("by", key(one.by()));
    told.put("linked", one.by().person() != null);
    told.put("roles", one.roles());
    told.put("at", one.at());
    told.put("revision", one.revision());
    told.put("decision", one.rejected() ? "rejected" : "approved");
    told.put("expired", one.expiresAt() != null && !one.expiresAt().isAfter(moment));
    put(told, "expiresAt", one.expiresAt());
    put(told, "onBehalfOf", one.onBehalfOf());
    return told;
  }

  private static void put(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
