package io.countersign.query.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.query.ApiUnderTest;
import io.countersign.query.CountingLog;
import io.countersign.query.Histories;
import io.countersign.query.projection.RunningProjections;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessorApiTest {

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void lagIsCountedInEntriesAndInSecondsSinceTheNextOne() {
    long last = api.append(Histories.registered(1, "a", CountingLog.RECORDED));
    api.client.get().uri("/api/v1/work-items?atLeast=" + last).exchange().expectStatus().isOk();
    api.log.grow(3);

    api.client
        .get()
        .uri("/api/v1/processors")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.items.length()")
        .isEqualTo(10)
        .jsonPath("$.items[0].name")
        .isEqualTo("work-items-v1")
        .jsonPath("$.items[0].projection")
        .isEqualTo("work-items")
        .jsonPath("$.items[0].version")
        .isEqualTo(1)
        .jsonPath("$.items[0].state")
        .isEqualTo("running")
        .jsonPath("$.items[0].segments")
        .isEqualTo(4)
        .jsonPath("$.items[0].segmentsHere")
        .isEqualTo(4)
        .jsonPath("$.items[0].position")
        .isEqualTo(0)
        .jsonPath("$.items[0].head")
        .isEqualTo(3)
        .jsonPath("$.items[0].lagPositions")
        .isEqualTo(3)
        .jsonPath("$.items[0].lagSeconds")
        .isEqualTo(90.0)
        .jsonPath("$.items[1].name")
        .isEqualTo("projects-v1");
    api.client
        .get()
        .uri("/api/v1/processors/projects-v1")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.head")
        .isEqualTo(3);
    api.client.get().uri("/api/v1/processors/none").exchange().expectStatus().isNotFound();
    api.client
        .get()
        .uri("/api/v1/processors?all=1")
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.parameter")
        .isEqualTo("all");
  }

  @Test
  void metricsTellEventsRowsAndLag() {
    long last = api.append(Histories.registered(1, "a", CountingLog.RECORDED));
    api.client.get().uri("/api/v1/work-items?atLeast=" + last).exchange().expectStatus().isOk();
    MeterRegistry metrics = api.context.getBean(MeterRegistry.class);
    String[] tags = {"processor", "work-items-v1"};
    assertThat(metrics.get("countersign.projection.events").tags(tags).counter().count())
        .isEqualTo(1);
    assertThat(metrics.get("countersign.projection.rows").tags(tags).counter().count())
        .isEqualTo(4);
    assertThat(metrics.get("countersign.projection.flush").tags(tags).timer().count()).isEqualTo(1);
    io.countersign.query.projection.ProcessorStatuses statuses =
        api.context.getBean(io.countersign.query.projection.ProcessorStatuses.class);
    statuses.bindTo(metrics);
    api.log.grow(2);
    String[] lagging = {"projection", "work-items"};
    RunningProjections.eventually(
        () ->
            metrics.get("countersign.projection.lag.positions").tags(lagging).gauge().value() == 2);
    assertThat(metrics.get("countersign.projection.lag.seconds").tags(lagging).gauge().value())
        .isEqualTo(90);
  }
}
