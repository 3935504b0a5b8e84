package io.countersign.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.Histories.Logged;
import io.countersign.query.projection.RunningProjections;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The query side over the event log itself: sealed by the serializer, pushed, opened, erased. */
class RealLogTest {

  @Test
  void whatIsAppendedIsShownAndErasedWithItsKey(@TempDir Path directory) {
    try (var api = new RealApi(directory)) {
      WebTestClient client = api.client;

      append(api);
      client
          .get()
          .uri("/api/v1/work-items/workitem:fabrikam:1?atLeast=1")
          .exchange()
          .expectStatus()
          .isOk()
          .expectBody()
          .jsonPath("$.title.text")
          .isEqualTo("Customer can sign in")
          .jsonPath("$.assignedTo.name.text")
          .isEqualTo("Grace")
          .jsonPath("$.state")
          .isEqualTo("InProgress")
          .jsonPath("$.stateHistory[1].entryIndex")
          .isEqualTo(1)
          .jsonPath("$.lastIndex")
          .isEqualTo(1);

      KeyRing keys = api.context.getBean(KeyRing.class);
      assertThat(keys.destroy(Histories.person("Grace").id().keyOwner())).isPositive();
      RunningProjections.eventually(
          () ->
              new String(
                      client
                          .get()
                          .uri("/api/v1/work-items/workitem:fabrikam:1")
                          .exchange()
                          .expectBody()
                          .returnResult()
                          .getResponseBodyContent())
                  .contains("\"name\":{\"erased\":true}"));
      client
          .get()
          .uri("/api/v1/processors/work-items-v1")
          .exchange()
          .expectBody()
          .jsonPath("$.state")
          .isEqualTo("running")
          .jsonPath("$.position")
          .isEqualTo(1)
          .jsonPath("$.lagPositions")
          .isEqualTo(0);
    }
  }

  private static void append(RealApi api) {
    var id = Histories.item(1);
    var seen = Histories.registered(1, "unused", Histories.START);
    Person grace = Histories.person("Grace");
    Person clear =
        new Person(grace.id(), SealedText.of(grace.id().keyOwner(), Purpose.IDENTITY, "Grace"));
    var change = new SourceChange(1, 1, Histories.START, clear);
    var registered =
        new WorkItemEvent.Registered(
            id,
            seen.project(),
            seen.type(),
            seen.state(),
            seen.sourceState(),
            seen.process(),
            SealedText.of(id.keyOwner(), Purpose.CONTENT, "Customer can sign in"),
            null,
            clear,
            Map.of(),
            List.of(),
            change);
    var changed =
        new WorkItemEvent.StateChanged(
            id,
            WorkItemState.NEW,
            WorkItemState.IN_PROGRESS,
            "New",
            "Active",
            new SourceChange(2, 2, Histories.START.plusSeconds(1), clear));
    api.append(
        List.of(
            new Logged(0, registered, Histories.provenance("d1")),
            new Logged(1, changed, Histories.provenance("d2"))));
  }
}
