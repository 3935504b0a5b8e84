package io.countersign.query;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.processing.ClaimClock;
import io.countersign.eventlog.processing.PromptCoordinatorExecutor;
import io.countersign.eventlog.read.LogReader;
import io.countersign.query.deadletter.DeadLetterConfiguration;
import io.countersign.query.escalation.EscalationController;
import io.countersign.query.escalation.EscalationProjection;
import io.countersign.query.escalation.EscalationQuery;
import io.countersign.query.gate.GateController;
import io.countersign.query.gate.GateProjection;
import io.countersign.query.gate.GateQuery;
import io.countersign.query.operation.OperationConfiguration;
import io.countersign.query.policy.PolicyProjection;
import io.countersign.query.processor.ProcessorController;
import io.countersign.query.project.ProjectController;
import io.countersign.query.project.ProjectProjection;
import io.countersign.query.project.ProjectQuery;
import io.countersign.query.projection.ProcessorStatuses;
import io.countersign.query.projection.ProjectionPositions;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.projection.QuerySettings;
import io.countersign.query.reading.BlockingCalls;
import io.countersign.query.reading.ReadPosition;
import io.countersign.query.reconciliation.ReconciliationHistoryController;
import io.countersign.query.reconciliation.ReconciliationProjection;
import io.countersign.query.reconciliation.ReconciliationQuery;
import io.countersign.query.resource.ResourceProjection;
import io.countersign.query.stream.StreamController;
import io.countersign.query.stream.StreamProjection;
import io.countersign.query.stream.StreamQuery;
import io.countersign.query.sync.SyncHistoryController;
import io.countersign.query.sync.SyncProjection;
import io.countersign.query.sync.SyncQuery;
import io.countersign.query.traceability.TraceabilityController;
import io.countersign.query.traceability.TraceabilityProjection;
import io.countersign.query.traceability.TraceabilityQuery;
import io.countersign.query.workitem.WorkItemController;
import io.countersign.query.workitem.WorkItemProjection;
import io.countersign.query.workitem.WorkItemQuery;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The query side: projections on their processors, and the query API. Expects {@link
 * QuerySchemas#ALL} to be migrated before Axon starts, and a {@link ClaimClock}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuerySettings.class)
@Import({OperationConfiguration.class, DeadLetterConfiguration.class})
public class QuerySide {

  /** After the claim clock: no claim is made before claims are dated by the database. */
  @Bean
  ProjectionProcessors projectionProcessors(
      QuerySettings settings, DataSource dataSource, MeterRegistry metrics, ClaimClock claims) {
    return new ProjectionProcessors(
        List.of(
            new WorkItemProjection(),
            new ProjectProjection(),
            new TraceabilityProjection(),
            new ResourceProjection(),
            new EscalationProjection(),
            new GateProjection(),
            new PolicyProjection(),
            new StreamProjection(),
            new SyncProjection(),
            new ReconciliationProjection()),
        settings,
        dataSource,
        PromptCoordinatorExecutor::new,
        metrics);
  }

  @Bean
  ProjectionPositions projectionPositions(
      ProjectionProcessors processors, DataSource dataSource, QuerySettings settings) {
    return new ProjectionPositions(processors, dataSource, settings);
  }

  @Bean
  ProcessorStatuses processorStatuses(
      ProjectionProcessors processors, ProjectionPositions positions, LogReader log, Clock clock) {
    return new ProcessorStatuses(processors, positions, log, clock);
  }

  @Bean
  BlockingCalls queryBlockingCalls() {
    return new BlockingCalls();
  }

  @Bean
  ReadPosition readPosition(
      ProjectionPositions positions,
      ProcessorStatuses statuses,
      BlockingCalls blocking,
      QuerySettings settings) {
    return new ReadPosition(positions, statuses, blocking, settings);
  }

  @Bean
  WorkItemQuery workItemQuery(
      ConnectionFactory connections, TextCipher cipher, BlockingCalls blocking) {
    return new WorkItemQuery(DatabaseClient.create(connections), cipher, blocking);
  }

  @Bean
  ProjectQuery projectQuery(ConnectionFactory connections) {
    return new ProjectQuery(DatabaseClient.create(connections));
  }

  @Bean
  TraceabilityQuery traceabilityQuery(ConnectionFactory connections, Clock clock) {
    return new TraceabilityQuery(DatabaseClient.create(connections), clock);
  }

  @Bean
  TraceabilityController traceabilityController(TraceabilityQuery query, ReadPosition position) {
    return new TraceabilityController(query, position);
  }

  @Bean
  WorkItemController workItemController(WorkItemQuery query, ReadPosition position) {
    return new WorkItemController(query, position);
  }

  @Bean
  ProjectController projectController(ProjectQuery query, ReadPosition position) {
    return new ProjectController(query, position);
  }

  @Bean
  EscalationQuery escalationQuery(
      ConnectionFactory connections, TextCipher cipher, BlockingCalls blocking) {
    return new EscalationQuery(DatabaseClient.create(connections), cipher, blocking);
  }

  @Bean
  EscalationController escalationQueryController(
      EscalationQuery query, ReadPosition position, Clock clock) {
    return new EscalationController(query, position, clock);
  }

  @Bean
  GateQuery gateQuery(ConnectionFactory connections, TextCipher cipher, BlockingCalls blocking) {
    return new GateQuery(DatabaseClient.create(connections), cipher, blocking);
  }

  @Bean
  GateController gateController(GateQuery query, ReadPosition position) {
    return new GateController(query, position);
  }

  @Bean
  StreamQuery streamQuery(ConnectionFactory connections) {
    return new StreamQuery(DatabaseClient.create(connections));
  }

  @Bean
  StreamController streamController(StreamQuery query, ReadPosition position) {
    return new StreamController(query, position);
  }

  @Bean
  SyncQuery syncQuery(
      ConnectionFactory connections, TextCipher cipher, LogReader log, BlockingCalls blocking) {
    return new SyncQuery(DatabaseClient.create(connections), cipher, log, blocking);
  }

  @Bean
  SyncHistoryController syncHistoryController(SyncQuery query, ReadPosition position) {
    return new SyncHistoryController(query, position);
  }

  @Bean
  ReconciliationQuery reconciliationQuery(
      ConnectionFactory connections, LogReader log, BlockingCalls blocking) {
    return new ReconciliationQuery(DatabaseClient.create(connections), log, blocking);
  }

  @Bean
  ReconciliationHistoryController reconciliationHistoryController(
      ReconciliationQuery query, ReadPosition position) {
    return new ReconciliationHistoryController(query, position);
  }

  @Bean
  ProcessorController processorController(ProcessorStatuses statuses, BlockingCalls blocking) {
    return new ProcessorController(statuses, blocking);
  }
}
