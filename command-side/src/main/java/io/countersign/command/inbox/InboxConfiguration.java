package io.countersign.command.inbox;

import io.countersign.eventlog.append.HaltWatch;
import io.countersign.eventlog.encryption.KeyRing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/**
 * The inbox of a node. Needs beans of type {@link DataSource}, {@link KeyRing}, {@link
 * DeliveryHandler}, {@link Clock} and {@link MeterRegistry}; {@link InboxSchema#INBOX} must be
 * migrated before the context starts.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboxSettings.class)
public class InboxConfiguration {

  @Bean
  InboxNode inboxNode(
      DataSource dataSource,
      KeyRing keyRing,
      DeliveryHandler handler,
      Clock clock,
      MeterRegistry registry,
      InboxSettings settings,
      ObjectProvider<HaltWatch> halts) {
    var node =
        new InboxNode(
            dataSource,
            keyRing,
            handler,
            clock,
            registry,
            settings,
            UUID.randomUUID(),
            () -> ThreadLocalRandom.current().nextDouble());
    halts.ifAvailable(watch -> node.backlog.refuseWhile(() -> watch.current().isPresent()));
    return node;
  }

  @Bean
  Inbox inbox(InboxNode node) {
    return node.inbox;
  }

  @Bean
  HandledEvents handledEvents(InboxNode node) {
    return node.handled;
  }

  @Bean
  InboxController inboxController(InboxNode node) {
    return new InboxController(
        node.queries,
        node.operations,
        node.contents,
        Schedulers.fromExecutor(Thread::startVirtualThread));
  }

  @Bean
  QuarantineController quarantineController(InboxNode node) {
    return new QuarantineController(node.quarantineRetry);
  }

  @Bean
  SmartLifecycle inboxWriterLifecycle(InboxNode node, InboxSettings settings) {
    var schedule = new RetentionSchedule(node.retention);
    return new InboxLifecycle(
        InboxLifecycle.WRITER_PHASE,
        () -> {
          schedule.start();
          node.writer.start();
        },
        () -> {
          node.writer.stop(settings.stopDeadline());
          schedule.stop();
        });
  }

  @Bean
  SmartLifecycle inboxWorkersLifecycle(InboxNode node) {
    return new InboxLifecycle(
        InboxLifecycle.WORKERS_PHASE, node.workers::start, node.workers::stop);
  }
}
