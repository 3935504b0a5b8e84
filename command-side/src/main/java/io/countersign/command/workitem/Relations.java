package io.countersign.command.workitem;

import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a work item is linked to, as far as rules ask: code, builds and other work items.
 *
 * @param organization where it lives
 * @param current links that hold, as {@code relation target}, sorted
 * @param former links to code that were removed: who wrote it has worked on the item nevertheless
 * @param toldBy for each link that was ever told the newest update that did, in either way: an
 *     older one that comes late changes nothing about it
 */
public record Relations(
    OrganizationId organization,
    List<String> current,
    List<String> former,
    Map<String, Integer> toldBy) {

  private static final String ARTIFACT = "ArtifactLink";
  private static final String PARENT = "System.LinkTypes.Hierarchy-Reverse";
  private static final String CHILD = "System.LinkTypes.Hierarchy-Forward";
  private static final String PREDECESSOR = "System.LinkTypes.Dependency-Reverse";
  private static final Set<String> KEPT = Set.of(ARTIFACT, PARENT, CHILD, PREDECESSOR);
  private static final Pattern WORK_ITEM =
      Pattern.compile(".*/_apis/wit/workitems/([1-9][0-9]{0,8})", Pattern.CASE_INSENSITIVE);

  /** Copies the collections. */
  public Relations {
    current = List.copyOf(current);
    former = List.copyOf(former);
    toldBy = Collections.unmodifiableMap(new TreeMap<>(toldBy)); // a snapshot is always the same
  }

  static Relations none(OrganizationId organization) {
    return new Relations(organization, List.of(), List.of(), Map.of());
  }

  /** After a change. One without an update id counts as the newest. */
  Relations with(List<Link> added, List<Link> removed, SourceChange change) {
    if (added.stream().noneMatch(Relations::isKept)
        && removed.stream().noneMatch(Relations::isKept)) {
      return this;
    }
    int update = change.updateId() == null ? 0 : change.updateId();
    Set<String> now = new TreeSet<>(current);
    Set<String> before = new TreeSet<>(former);
    Map<String, Integer> told = new TreeMap<>(toldBy);
    for (Link link : removed) {
      if (isNewest(link, update)) {
        told.merge(text(link), update, Math::max);
        if (now.remove(text(link)) && link.relation().equals(ARTIFACT)) {
          before.add(text(link));
        }
      }
    }
    for (Link link : added) {
      if (isNewest(link, update)) {
        told.merge(text(link), update, Math::max);
        now.add(text(link));
      }
    }
    return new Relations(organization, List.copyOf(now), List.copyOf(before), told);
  }

  private boolean isNewest(Link link, int update) {
    return isKept(link) && (update == 0 || update >= toldBy.getOrDefault(text(link), 0));
  }

  /** With links that an update told late: whether they still hold is not known. */
  Relations formerly(List<Link> added) {
    Set<String> before = new TreeSet<>(former);
    added.stream()
        .filter(link -> isKept(link) && link.relation().equals(ARTIFACT))
        .map(Relations::text)
        .filter(link -> !current.contains(link))
        .forEach(before::add);
    return before.size() == former.size()
        ? this
        : new Relations(organization, current, List.copyOf(before), toldBy);
  }

  /** URLs of code and builds it is linked to. */
  public List<String> artifacts() {
    return targets(current, ARTIFACT).toList();
  }

  /** The same with those whose links were removed. */
  public List<String> artifactsEver() {
    return Stream.concat(targets(current, ARTIFACT), targets(former, ARTIFACT)).distinct().toList();
  }

  /** The work item above it; several cannot be, but are told as they are. */
  public List<WorkItemId> parents() {
    return workItems(PARENT);
  }

  /** Work items below it. */
  public List<WorkItemId> children() {
    return workItems(CHILD);
  }

  /** Work items that come before it. */
  public List<WorkItemId> predecessors() {
    return workItems(PREDECESSOR);
  }

  private List<WorkItemId> workItems(String relation) {
    return targets(current, relation)
        .map(WORK_ITEM::matcher)
        .filter(Matcher::matches)
        .map(url -> new WorkItemId(organization, Integer.parseInt(url.group(1))))
        .toList();
  }

  private static Stream<String> targets(List<String> links, String relation) {
    return links.stream()
        .filter(link -> link.startsWith(relation + " "))
        .map(link -> link.substring(relation.length() + 1));
  }

  /** Addresses that people entered are sealed, and no code. */
  private static boolean isKept(Link link) {
    return KEPT.contains(link.relation()) && link.address() == null;
  }

  /** Such links change without a new revision. */
  static boolean isBetweenWorkItems(Link link) {
    return link.address() == null && WORK_ITEM.matcher(link.target()).matches();
  }

  private static String text(Link link) {
    return link.relation() + " " + link.target();
  }
}
