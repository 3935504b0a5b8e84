package io.countersign.command.reconciliation;

import static io.countersign.command.reconciliation.NotComparedException.need;

import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.azuredevops.client.WorkItemCalls;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.LogReader.Filter;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.reconciliation.Difference;
import io.countersign.kernel.reconciliation.Difference.Kind;
import io.countersign.kernel.reconciliation.ReconciliationEvent.SourceReconciled;
import io.countersign.kernel.workitem.WorkItemId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds work items that the log has and the source does not give any more. Why is not said, because
 * the source does not say it: what was destroyed and what we may not see are answered the same.
 */
final class Absences {

  private static final Filter REGISTERED =
      new Filter(Optional.empty(), Optional.of("workitem.Registered"));
  private static final int PAGE = 1_000;

  /** So many are looked for in the recycle bin one by one: longer lists are cut anyway. */
  private static final int LOOKED_FOR = SourceReconciled.LONGEST_LIST;

  private final LogReader entries;
  private final KnownItems log;

  Absences(LogReader entries, KnownItems log) {
    this.entries = entries;
    this.log = log;
  }

  /** A look at a whole project, window by window. */
  Look look(Source source) {
    return new Look(source);
  }

  /** Only who reads everything knows what is not listed. */
  final class Look {

    private final Source source;
    private final Set<Integer> listed = new HashSet<>();

    private Look(Source source) {
      this.source = source;
    }

    /** What is absent, after the last window; nothing before. */
    List<Difference> after(Window window) throws NotComparedException {
      listed.addAll(window.items().keySet());
      return window.last() ? of(source, listed) : List.of();
    }
  }

  /**
   * Those of a project.
   *
   * @param listed all that the source lists of it, the recycle bin too
   */
  List<Difference> of(Source source, Set<Integer> listed) throws NotComparedException {
    ProjectId project = source.project();
    WorkItemCalls calls = source.organization().workItems();
    SortedSet<Integer> gone = logged(project);
    gone.removeAll(listed);
    // not listed because it is too young, or lies in another project by now: it is given
    need(calls.batch(gone)).forEach(item -> gone.remove(item.id()));
    List<Difference> absent = new ArrayList<>();
    for (int number : gone) {
      if (absent.size() >= LOOKED_FOR || !isRecycled(calls, number)) {
        WorkItemId workItem = new WorkItemId(project.organization(), number);
        int revision = log.of(workItem).lastRevision();
        absent.add(new Difference(workItem, Kind.ABSENT, revision, revision));
      }
    }
    return absent;
  }

  /** It may have gone there too late to be listed. */
  private static boolean isRecycled(WorkItemCalls calls, int number) throws NotComparedException {
    Answer<Integer> answer = calls.recycled(number);
    if (answer instanceof Answer.NotFoundOrNotPermitted<Integer>) {
      return false;
    }
    need(answer);
    return true;
  }

  private SortedSet<Integer> logged(ProjectId project) {
    SortedSet<Integer> all = new TreeSet<>();
    List<StoredEntry> page;
    long next = 0;
    do {
      page = entries.page(next, PAGE, REGISTERED);
      for (StoredEntry entry : page) {
        next = entry.index() + 1;
        if (project.toString().equals(project(entry))) {
          all.add(WorkItemId.parse(entry.aggregateId()).number());
        }
      }
    } while (page.size() == PAGE);
    return all;
  }

  private static String project(StoredEntry entry) {
    try {
      JsonNode payload = JsonMapper.shared().readTree(entry.payload());
      return payload.path("project").asString("");
    } catch (JacksonException _) {
      return ""; // a damaged entry is for verification to tell
    }
  }
}
