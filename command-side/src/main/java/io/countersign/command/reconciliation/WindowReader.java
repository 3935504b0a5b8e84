package io.countersign.command.reconciliation;

import static io.countersign.command.reconciliation.NotComparedException.need;

import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.azuredevops.client.ReportingCalls;
import io.countersign.command.azuredevops.client.ReportingCalls.From;
import io.countersign.command.azuredevops.client.Slice;
import io.countersign.command.reconciliation.Window.Position;
import io.countersign.command.reconciliation.Window.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what changed since a position, in the source's own order, up to the first change that is
 * too young. Each revision is in one window only: the source numbers them.
 */
final class WindowReader {

  static final String DELETED = "System.IsDeleted";
  static final String CHANGED = "System.ChangedDate";
  private static final String NUMBER = "System.Watermark";

  /** What a work item can be registered by, should it be deleted before anybody saw it. */
  private static final List<String> FIELDS =
      List.of(
          "System.Id",
          "System.Rev",
          NUMBER,
          CHANGED,
          DELETED,
          "System.WorkItemType",
          "System.State",
          "System.Title",
          "System.TeamProject",
          "System.CreatedBy",
          "System.ChangedBy",
          "System.AssignedTo");

  /** More is another window: what differs in one is held in memory until all of it is compared. */
  private static final int MOST_SLICES = 5;

  /** A change dated later than this from now is no young one: a clock is wrong. */
  private static final Duration FUTURE = Duration.ofHours(1);

  private final ReportingCalls reporting;
  private final String project;
  private final Instant settled;

  private final SortedMap<Integer, Seen> items = new TreeMap<>();
  private boolean last = true;
  private @Nullable Instant reached;

  /**
   * Of one project.
   *
   * @param project its id
   * @param settled later changes are too young
   */
  WindowReader(ReportingCalls reporting, String project, Instant settled) {
    this.reporting = reporting;
    this.project = project;
    this.settled = settled;
  }

  /** Reads. Once only. */
  Window read(Position from) throws NotComparedException {
    var revisions = new Revisions(from.compared());
    String token =
        follow(from.token(), from, at -> reporting.revisions(project, at, FIELDS), revisions);
    String linkToken =
        follow(from.linkToken(), from, at -> reporting.links(project, at), this::link);
    Instant to = last || reached == null ? settled : reached;
    return new Window(items, to, new Position(token, revisions.compared, linkToken, to), last);
  }

  /** One call for a slice. */
  private interface Call {
    Answer<Slice> at(From from);
  }

  /** Takes one of a list; false when it, and all behind it, are too young. */
  private interface Taker {
    boolean take(JsonNode value) throws NotComparedException;
  }

  /**
   * Follows a list; answers the token of the last slice that was taken whole, so that the others
   * are read again.
   */
  private @Nullable String follow(@Nullable String token, Position from, Call call, Taker taker)
      throws NotComparedException {
    for (int slices = 0; slices < MOST_SLICES; slices++) {
      Instant since = from.reached();
      From at =
          token != null
              ? new From(token, null)
              : since == null ? From.THE_BEGINNING : From.time(since);
      Slice slice = need(call.at(at));
      for (JsonNode value : slice.items()) {
        if (!taker.take(value)) {
          return token;
        }
      }
      token = slice.token() == null ? token : slice.token();
      if (slice.last()) {
        return token;
      }
    }
    last = false;
    return token;
  }

  private boolean isYoung(Instant changed) {
    return changed.isAfter(settled) && changed.isBefore(settled.plus(FUTURE));
  }

  /** Takes revisions. */
  private final class Revisions implements Taker {

    private long compared;

    Revisions(long compared) {
      this.compared = compared;
    }

    @Override
    public boolean take(JsonNode value) throws NotComparedException {
      JsonNode fields = value.path("fields");
      int id = value.path("id").asInt(0);
      int rev = value.path("rev").asInt(0);
      long number = fields.path(NUMBER).asLong(0);
      if (id < 1 || rev < 1 || number < 1) {
        throw new NotComparedException("a revision is listed without its numbers");
      }
      Instant changed = instant(fields.path(CHANGED).asString(""));
      if (isYoung(changed)) {
        return false;
      }
      if (number > compared) {
        items.computeIfAbsent(id, _ -> new Seen()).revision(rev, value);
        compared = number;
        reached = changed;
      }
      return true;
    }
  }

  /** Each end of a link has an update of its own. The source lists each change of a link once. */
  private boolean link(JsonNode value) throws NotComparedException {
    JsonNode attributes = value.path("attributes");
    Instant changed = instant(attributes.path("changedDate").asString(""));
    if (isYoung(changed)) {
      return false;
    }
    linked(attributes, "source");
    linked(attributes, "target");
    return true;
  }

  private void linked(JsonNode attributes, String end) {
    int id = attributes.path(end + "Id").asInt(0);
    String itsProject = attributes.path(end + "ProjectId").asString(project);
    if (id > 0 && itsProject.equalsIgnoreCase(project)) {
      items.computeIfAbsent(id, _ -> new Seen()).link();
    }
  }

  static Instant instant(String text) throws NotComparedException {
    try {
      return Instant.parse(text.endsWith("Z") || text.contains("+") ? text : text + "Z");
    } catch (DateTimeParseException _) {
      throw new NotComparedException("a change is listed without its time");
    }
  }
}
