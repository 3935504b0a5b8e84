package io.countersign.command.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.countersign.command.domain.ByAggregateId;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.resource.Named;
import io.countersign.kernel.resource.RecordResource;
import io.countersign.kernel.resource.Report;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class ResourceTest {

  private final FixtureConfiguration<Resource> fixture =
      new AggregateTestFixture<>(Resource.class).registerCommandTargetResolver(new ByAggregateId());

  @Test
  void aFactIsRecordedAsItIs() {
    fixture
        .givenNoPriorActivity()
        .when(new RecordResource(run(1)))
        .expectResultMessagePayload(Recorded.NEW)
        .expectEvents(run(1));
  }

  @Test
  void aDeliveryIsRecordedOnce() {
    fixture
        .given(run(1), run(2))
        .when(new RecordResource(run(1)))
        .expectResultMessagePayload(Recorded.KNOWN)
        .expectNoEvents();
  }

  @Test
  void anotherDeliveryOfTheSameIsAnotherFact() {
    fixture.given(run(1)).when(new RecordResource(run(2))).expectEvents(run(2));
  }

  @Test
  void onlyTheLastDeliveriesAreRemembered() {
    List<ResourceEvent> many =
        LongStream.rangeClosed(1, Resource.REMEMBERED + 1).mapToObj(ResourceTest::run).toList();
    fixture.given(many).when(new RecordResource(run(2))).expectNoEvents();
    fixture.given(many).when(new RecordResource(run(1))).expectEvents(run(1));
  }

  @Test
  void idsAreParsedBackAndKeepToTheirForm() {
    ResourceId id = ResourceId.parse("pullrequest:fabrikam:4BC14D40/7");
    assertThat(id).hasToString("pullrequest:fabrikam:4bc14d40/7");
    assertThat(ResourceId.parse(id.toString())).isEqualTo(id);
    for (String wrong :
        List.of("workitem:fabrikam:1", "project:fabrikam:x", "run:fabrikam", "run:fabrikam:a\0b")) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> ResourceId.parse(wrong));
    }
  }

  private static ResourceEvent run(long delivery) {
    return new ResourceEvent.RunChanged(
        new ResourceId("run", new OrganizationId("fabrikam"), "900"),
        new Report(
            "ms.vss-pipelines.run-state-changed-event",
            new UUID(0, delivery),
            null,
            Instant.parse("2026-11-20T12:00:00Z")),
        new Named("11", "web"),
        null,
        "completed",
        "succeeded",
        null,
        null);
  }
}
