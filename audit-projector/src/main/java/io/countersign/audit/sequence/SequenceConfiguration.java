package io.countersign.audit.sequence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.append.Committer;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.countersign.eventlog.serialization.SealedKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Beans of sequencing, where the events of this node's log are stored elsewhere. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SequencerSettings.class)
@Conditional(SequenceConfiguration.SourceElsewhere.class)
public class SequenceConfiguration {

  /** The sequencer's positions. */
  public static final Schema SCHEMA = new Schema("sequencer", "db/sequencer");

  private static final String URL = "countersign.audit.sequencer.url";
  private static final int SOURCE_CONNECTIONS = 2;

  /** A source that does not answer when the node starts is asked again later. */
  private static final long NOT_AT_START = -1;

  /** Whether this node's events, or those it makes a log of, are not in its database. */
  static final class SourceElsewhere implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      var environment = context.getEnvironment();
      return "axon-server".equals(environment.getProperty("countersign.event-store"))
          || StringUtils.hasText(environment.getProperty(URL));
    }
  }

  @Bean
  @Order(30)
  Schema sequencerSchema() {
    return SCHEMA;
  }

  @Bean(initMethod = "start", defaultCandidate = false)
  Committer sequencerCommitter(DatabaseAddress address, Clock clock, MeterRegistry meters) {
    return new Committer(address, clock, meters, EventLogSettings.DEFAULTS, (_, _) -> {});
  }

  @Bean(initMethod = "start")
  Sequencing sequencing(
      DatabaseAddress address,
      DataSource dataSource,
      EventSource source,
      @Qualifier("sequencerCommitter") Committer committer,
      SequencerSettings settings,
      MeterRegistry meters) {
    return new Sequencing(
        address,
        () -> new Sequencer(source, dataSource, committer::append, SealedKeys::in),
        settings.interval(),
        meters);
  }

  /** A table of Axon's JDBC engine. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(URL)
  static class Jdbc {

    @Bean(defaultCandidate = false)
    HikariDataSource sequencerSource(SequencerSettings settings) {
      DatabaseAddress address = settings.source().orElseThrow();
      var pool = new HikariConfig();
      pool.setPoolName("sequencer-source");
      pool.setJdbcUrl(address.url());
      pool.setUsername(address.user());
      pool.setPassword(address.password());
      pool.setMaximumPoolSize(SOURCE_CONNECTIONS);
      pool.setInitializationFailTimeout(NOT_AT_START);
      return new HikariDataSource(pool);
    }

    @Bean
    EventSource jdbcEventSource(@Qualifier("sequencerSource") DataSource source) {
      return new JdbcEventSource(source);
    }
  }

  /** Axon Server. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "countersign.event-store", havingValue = "axon-server")
  static class AxonServer {

    @Bean
    EventSource axonServerEventSource(
        EventStore store, @Qualifier("eventSerializer") Serializer serializer) {
      return new StreamEventSource("axon-server", store, serializer);
    }
  }
}
