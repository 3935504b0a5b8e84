package io.countersign.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.access.PrincipalLinkController;
import io.countersign.command.access.PrincipalNames;
import io.countersign.command.azuredevops.NotificationHandler;
import io.countersign.command.azuredevops.TestKeys;
import io.countersign.command.inbox.DeliveryHandler;
import io.countersign.command.policy.PolicyController;
import io.countersign.command.policy.ProjectPolicyController;
import io.countersign.command.project.ProjectController;
import io.countersign.command.transition.ApprovalController;
import io.countersign.command.transition.ConflictController;
import io.countersign.command.transition.DocumentController;
import io.countersign.command.transition.NextController;
import io.countersign.command.transition.OverrideController;
import io.countersign.command.transition.TransitionController;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.eventlog.read.LogReader;
import io.countersign.kernel.access.Open;
import io.countersign.kernel.access.RequiresPermission;
import io.countersign.testkit.TestPostgres;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

class DomainConfigurationTest {

  @Test
  void theBeansAreMadeFromWhatTheApplicationHas() {
    DatabaseAddress database = TestPostgres.newDatabase();
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureEmbeddedEventStore(_ -> new InMemoryEventStorageEngine());
    var axon = configurer.start();
    try (var dataSource = TestPostgres.pool(database, 2);
        var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(DataSource.class, () -> dataSource);
      context.registerBean(KeyRing.class, TestKeys::new);
      context.registerBean(Clock.class, Clock::systemUTC);
      context.registerBean(EventStore.class, axon::eventStore);
      context.registerBean(CommandGateway.class, axon::commandGateway);
      context.registerBean(PrincipalNames.class, () -> _ -> Optional.empty());
      context.registerBean(LogReader.class, DomainConfigurationTest::noLog);
      context.register(DomainConfiguration.class);
      context.refresh();
      assertThat(context.getBean(DeliveryHandler.class)).isInstanceOf(NotificationHandler.class);
      assertThat(context.getBeansOfType(ConfigurerModule.class)).hasSize(6);
    } finally {
      axon.shutdown();
    }
  }

  @Test
  void everyHandlerSaysWhoMayUseIt() {
    var handlers =
        Stream.of(
                TransitionController.class,
                NextController.class,
                DocumentController.class,
                ApprovalController.class,
                OverrideController.class,
                ConflictController.class,
                PolicyController.class,
                ProjectPolicyController.class,
                PrincipalLinkController.class,
                ProjectController.class)
            .flatMap(controller -> Arrays.stream(controller.getDeclaredMethods()))
            .filter(method -> AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class))
            .toList();
    assertThat(handlers).hasSize(23);
    assertThat(handlers)
        .allMatch(
            method ->
                method.isAnnotationPresent(RequiresPermission.class)
                    || method.isAnnotationPresent(Open.class));
  }

  private static LogReader noLog() {
    return (LogReader)
        Proxy.newProxyInstance(
            LogReader.class.getClassLoader(),
            new Class<?>[] {LogReader.class},
            (_, method, _) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
