package io.countersign.command.escalation;

import io.countersign.command.automation.IntentDesk;
import io.countersign.command.escalation.Watch.Fact;
import io.countersign.command.escalation.Watch.Held;
import io.countersign.command.inbox.InboxSignals;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Severity;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.WorkItemId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is watched: each fact that the settings do not turn off. */
final class Facts {

  static final String INTENTS_FAILED = "intents-failed";
  static final String WRITE_GIVEN_UP = "write-given-up";
  static final String QUARANTINE_GROWTH = "quarantine-growth";
  static final String SUBSCRIPTION_SILENT = "subscription-silent";
  static final String CHANGES_UNTOLD = "changes-untold";

  /** Kind of the intents by which a state is written, and the lane each work item has for them. */
  private static final String WRITE = "sync.write";

  private static final String WRITE_LANE = "sync/";
  private static final int MOST = 100;

  private final WatchSettings settings;
  private final IntentDesk intents;
  private final InboxSignals inbox;
  private final Hearing hearing;
  private final Supplier<List<ProjectId>> untold;

  /**
   * Facts.
   *
   * @param untold projects that changed while no webhook told of it
   */
  Facts(
      WatchSettings settings,
      IntentDesk intents,
      InboxSignals inbox,
      Hearing hearing,
      Supplier<List<ProjectId>> untold) {
    this.settings = settings;
    this.intents = intents;
    this.inbox = inbox;
    this.hearing = hearing;
    this.untold = untold;
  }

  List<Fact> all() {
    List<Fact> facts = new ArrayList<>();
    if (settings.intentsFailed()) {
      facts.add(operational(INTENTS_FAILED, Severity.HIGH, _ -> failed()));
    }
    if (settings.writesGivenUp()) {
      facts.add(operational(WRITE_GIVEN_UP, Severity.MEDIUM, _ -> writes()));
    }
    if (settings.quarantined() > 0) {
      facts.add(operational(QUARANTINE_GROWTH, Severity.MEDIUM, this::quarantine));
    }
    if (!settings.silence().isZero()) {
      facts.add(operational(SUBSCRIPTION_SILENT, Severity.HIGH, this::silent));
    }
    if (settings.untold()) {
      facts.add(operational(CHANGES_UNTOLD, Severity.HIGH, _ -> untold()));
    }
    return facts;
  }

  private static Fact operational(
      String kind, Severity severity, Function<Instant, List<Held>> look) {
    return new Fact(kind, Category.OPERATIONAL, severity, look);
  }

  /** Writes are told one by one, where they are told. */
  private List<Held> failed() {
    return intents.failedBut(settings.writesGivenUp() ? WRITE : "") > 0
        ? List.of(Held.here(Map.of()))
        : List.of();
  }

  private List<Held> writes() {
    return intents.failed(WRITE, MOST).stream()
        .map(standing -> Objects.requireNonNullElse(standing.intent().lane(), ""))
        .filter(lane -> lane.startsWith(WRITE_LANE))
        .map(lane -> lane.substring(WRITE_LANE.length()))
        .distinct()
        .map(item -> new Held(item, WorkItemId.parse(item), null, Map.of()))
        .toList();
  }

  private List<Held> quarantine(Instant now) {
    long found =
        inbox.quarantinedSince(now.minus(settings.quarantineWindow()), settings.quarantined());
    return found < settings.quarantined()
        ? List.of()
        : List.of(Held.here(Map.of("window", settings.quarantineWindow().toString())));
  }

  private List<Held> silent(Instant now) {
    return hearing.silent(now, settings.silence(), MOST).stream()
        .map(
            heard ->
                new Held(
                    heard.subscription().toString(),
                    null,
                    null,
                    Map.of(
                        "subscription", heard.subscription().toString(),
                        "lastDelivery", heard.at().toString())))
        .toList();
  }

  private List<Held> untold() {
    return untold.get().stream()
        .map(project -> new Held(project.toString(), null, project, Map.of()))
        .toList();
  }
}
