package io.countersign.query;

import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.FieldChange;
import io.countersign.kernel.workitem.FieldValue;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Events as the log would give them back: text in envelopes, made by hand. */
public final class Histories {

  public static final OrganizationId ORGANIZATION = new OrganizationId("fabrikam");
  public static final ProjectId PROJECT =
      new ProjectId(ORGANIZATION, "6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c");
  public static final Instant START = Instant.parse("2026-03-01T08:00:00.123456Z");
  private static final WorkItemState[] STATES = WorkItemState.values();

  /** An event with its place in the log. */
  public record Logged(long index, Object event, Provenance provenance) {}

  private Histories() {}

  public static WorkItemId item(int number) {
    return new WorkItemId(ORGANIZATION, number);
  }

  /** "Sealed" by a cipher the tests can open: see {@link FakeCipher}. */
  public static SealedText sealed(KeyOwner owner, Purpose purpose, String clear) {
    return SealedText.closed(
        owner,
        purpose,
        new SealedText.Envelope(
            UUID.nameUUIDFromBytes(owner.value().getBytes(StandardCharsets.UTF_8)),
            "test/text",
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(clear.getBytes(StandardCharsets.UTF_8))));
  }

  public static SealedText title(WorkItemId id, String clear) {
    return sealed(id.keyOwner(), Purpose.CONTENT, clear);
  }

  public static Person person(String name) {
    SubjectId id = new SubjectId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    return new Person(id, sealed(id.keyOwner(), Purpose.IDENTITY, name));
  }

  public static SourceChange change(int update, Instant at) {
    return new SourceChange(update, update, at, person("Ada"));
  }

  public static WorkItemEvent.Registered registered(int number, String title, Instant at) {
    WorkItemId id = item(number);
    return new WorkItemEvent.Registered(
        id,
        PROJECT,
        "User Story",
        WorkItemState.NEW,
        "New",
        Process.AGILE,
        title(id, title),
        person("Ada"),
        person("Grace"),
        Map.of("System.AreaPath", new FieldValue.Plain("Fabrikam\\Web")),
        List.of(),
        change(1, at));
  }

  public static Provenance provenance(String delivery) {
    return new Provenance(Actor.AZURE_DEVOPS, delivery, delivery, delivery);
  }

  /** Some hundred events of every kind over a few work items and projects, always the same. */
  public static List<Logged> everyKind(int seed, int count) {
    Random random = new Random(seed);
    List<Object> events = new ArrayList<>();
    events.add(new ProjectEvent.Registered(PROJECT, "Fabrikam", Process.AGILE));
    int[] update = new int[9];
    while (events.size() < count) {
      int number = 1 + random.nextInt(8);
      if (random.nextInt(20) == 0) {
        events.add(projectEvent(random));
      } else if (update[number] == 0) {
        update[number] = 1;
        events.add(registered(number, "Story " + number, START.plusSeconds(events.size() * 60L)));
      } else {
        events.addAll(next(random, item(number), ++update[number], events.size()));
      }
    }
    List<Logged> logged = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      logged.add(new Logged(i, events.get(i), provenance("delivery-" + i / 3)));
    }
    return logged;
  }

  private static Object projectEvent(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new ProjectEvent.Renamed(PROJECT, "Fabrikam " + random.nextInt(5));
      case 1 -> new ProjectEvent.ProcessChosen(PROJECT, Process.SCRUM);
      default ->
          new ProjectEvent.StateMapped(
              PROJECT, "Bug", "Odd " + random.nextInt(3), STATES[random.nextInt(STATES.length)]);
    };
  }

  private static List<Object> next(Random random, WorkItemId id, int update, int place) {
    SourceChange change = change(update, START.plusSeconds(place * 60L));
    WorkItemState from = STATES[random.nextInt(STATES.length)];
    WorkItemState to = STATES[random.nextInt(STATES.length)];
    Link link =
        random.nextBoolean()
            ? new Link(
                "System.LinkTypes.Hierarchy-Forward",
                "https://dev.azure.com/fabrikam/_apis/wit/workItems/" + (1 + random.nextInt(3)),
                null)
            : new Link("ArtifactLink", "vstfs:///Build/Build/" + random.nextInt(3), null);
    return switch (random.nextInt(12)) {
      case 0 -> List.of(new WorkItemEvent.StateChanged(id, from, to, "a", "b", change));
      case 1 ->
          List.of(
              new WorkItemEvent.StateChanged(id, from, to, "a", "b", change),
              new WorkItemEvent.TransitionViolated(
                  id, from, to, "agile.transition", "no edge", change));
      case 2 ->
          List.of(
              new WorkItemEvent.StateChanged(id, from, null, "a", "odd", change),
              new WorkItemEvent.StateUnmapped(id, "Bug", "odd", Process.AGILE, change),
              new WorkItemEvent.JudgementDeferred(id, "state-unmapped", change));
      case 3 -> List.of(new WorkItemEvent.Retitled(id, title(id, "T" + place), change));
      case 4 ->
          List.of(
              new WorkItemEvent.AssignmentChanged(
                  id, null, random.nextBoolean() ? null : person("P" + place % 4), change));
      case 5 ->
          List.of(
              new WorkItemEvent.FieldsChanged(
                  id,
                  List.of(
                      new FieldChange("Custom.A", null, new FieldValue.Plain("v\0" + place)),
                      new FieldChange("Custom.B", new FieldValue.Plain("x"), null),
                      new FieldChange(
                          "Custom.C", null, new FieldValue.Person(person("P" + place % 3)))),
                  change));
      case 6 -> List.of(new WorkItemEvent.LinksChanged(id, List.of(link), List.of(), change));
      case 7 -> List.of(new WorkItemEvent.LinksChanged(id, List.of(), List.of(link), change));
      case 8 ->
          List.of(
              new WorkItemEvent.Commented(
                  id,
                  title(id, "C" + place),
                  random.nextBoolean()
                      ? change
                      : change(Math.max(1, update - 5), START.minusSeconds(place))));
      case 9 ->
          List.of(
              random.nextBoolean()
                  ? new WorkItemEvent.Deleted(id, change)
                  : new WorkItemEvent.Restored(id, change));
      case 10 ->
          List.of(
              new WorkItemEvent.GapDetected(id, update + 100, update + 100 + random.nextInt(3)),
              new WorkItemEvent.LateUpdateRecorded(
                  id, "a", "b", List.of(), List.of(), List.of(), change(update + 100, START)));
      default ->
          List.of(
              new WorkItemEvent.TransitionRequested(id, from, to),
              new WorkItemEvent.TransitionRefused(id, from, to, "agile.transition", "no edge"));
    };
  }
}
