package io.countersign.query.operation;

import io.countersign.kernel.catalogue.Events;
import io.countersign.query.projection.GenerationTable;
import io.countersign.query.projection.ProjectionPositions;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.projection.QuerySettings;
import io.countersign.query.reading.BlockingCalls;
import io.countersign.query.rebuild.GenerationBuild;
import io.countersign.query.rebuild.GenerationPause;
import io.countersign.query.rebuild.GenerationRemoval;
import io.countersign.query.rebuild.GenerationSwitch;
import io.countersign.query.rebuild.Resegmentation;
import io.countersign.query.rebuild.SegmentRelease;
import io.countersign.query.replay.Verification;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Operations on projections: the table, the runner of this node, the API. */
@Configuration(proxyBeanMethods = false)
public class OperationConfiguration {

  @Bean
  OperationTable operationTable(DataSource dataSource) {
    return new OperationTable(dataSource);
  }

  @Bean
  ProjectionEntries projectionEntries(EventStore events, Clock clock) {
    return new ProjectionEntries(events, clock);
  }

  @Bean
  OperationRunner operationRunner(
      OperationTable table,
      ProjectionEntries entries,
      ProjectionProcessors projections,
      ProjectionPositions positions,
      DataSource dataSource,
      @Qualifier("eventSerializer") Serializer events,
      Serializer tokens,
      QuerySettings settings) {
    return new OperationRunner(
        table,
        entries,
        projections,
        new OperationWork(
            entries,
            new GenerationTable(dataSource),
            projections,
            new OperationWork.Tools(
                new Verification(dataSource, events, tokens, Events.CATALOGUE),
                new GenerationBuild(dataSource, events, tokens, Events.CATALOGUE, projections),
                new GenerationSwitch(dataSource, projections, positions),
                new GenerationRemoval(dataSource, projections),
                new GenerationPause(dataSource, projections),
                new Resegmentation(dataSource, events, tokens, Events.CATALOGUE),
                new SegmentRelease(dataSource, projections))),
        settings.node());
  }

  @Bean
  OperationController operationController(
      OperationTable table,
      ProjectionEntries entries,
      ProjectionProcessors projections,
      OperationRunner runner,
      BlockingCalls blocking) {
    return new OperationController(
        new Operations(table, entries, projections, runner::wake), blocking);
  }
}
