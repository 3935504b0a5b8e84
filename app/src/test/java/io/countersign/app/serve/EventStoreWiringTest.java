package io.countersign.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.audit.sequence.EventSource;
import io.countersign.audit.sequence.Sequencing;
import io.countersign.audit.sequence.StreamEventSource;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.command.LogCommandBus;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.eventlog.store.LogEventStore;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.axonframework.axonserver.connector.command.AxonServerCommandBus;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventStore;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.updates.configuration.UsagePropertyProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which event store each setting chooses. No Axon Server is there: nothing is sent to one. */
final class EventStoreWiringTest {

  @TempDir Path folder;

  @Test
  void postgresqlMeansTheAppendPipelineAndTheBusThatBelongsToIt() {
    var context = TestServer.shared().server().context();
    assertThat(context.getBean(EventStore.class)).isInstanceOf(LogEventStore.class);
    assertThat(context.getBean(CommandBus.class)).isInstanceOf(LogCommandBus.class);
    assertThat(context.getBean("eventSerializer", Serializer.class))
        .isInstanceOf(CatalogueSerializer.class);
  }

  /** A pool of ours in spite of R2DBC (T1), no time limits (AF 4637), no phoning home (T9). */
  @Test
  void whatAxonAndBootWouldChooseByThemselvesIsChosenForThem() {
    var context = TestServer.shared().server().context();
    assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
    assertThat(context.getEnvironment().getProperty("axon.timeout.enabled")).isEqualTo("false");
    // set in the application's own file; the checker's bean alone would also heed the test JVM's
    assertThat(context.getEnvironment().getProperty("axon.update-check.disabled"))
        .isEqualTo("true");
    assertThat(context.getBean(UsagePropertyProvider.class).getDisabled()).isTrue();
  }

  @Test
  void axonServerMeansAxonsOwnEventStoreAndBusAndNoPipeline() {
    var settings = TestServer.settings(folder);
    settings.put("countersign.event-store", "axon-server");
    // processors of the other roles ask the server at their first start where to begin
    settings.put("countersign.roles", "audit");
    settings.put("axon.axonserver.servers", "127.0.0.1:1");
    try (var server = Server.start(settings)) {
      var context = server.context();
      assertThat(context.getBean(EventStore.class)).isInstanceOf(AxonServerEventStore.class);
      assertThat(context.getBean(CommandBus.class)).isInstanceOf(AxonServerCommandBus.class);
      assertThat(context.getBeanNamesForType(EventLog.class)).isEmpty();
      assertThat(context.getBean("eventSerializer", Serializer.class))
          .isInstanceOf(CatalogueSerializer.class);
    }
  }

  /** With Axon Server the log is made of its events: nobody is shown an empty one as clean. */
  @Test
  void withAxonServerTheAuditRoleSequences() {
    var settings = TestServer.settings(folder);
    settings.put("countersign.event-store", "axon-server");
    settings.put("countersign.roles", "audit");
    settings.put("axon.axonserver.servers", "127.0.0.1:1");
    try (var server = Server.start(settings)) {
      assertThat(server.context().getBean(EventSource.class)).isInstanceOf(StreamEventSource.class);
      assertThat(server.context().getBean(Sequencing.class).halted()).isEmpty();
    }
  }
}
