package io.countersign.command.automation;

import io.countersign.command.domain.Backoff;
import io.countersign.eventlog.database.Schema;
import io.countersign.eventlog.processing.ClaimClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Automations of a node: every bean of type {@link Automation}, and every {@link IntentHandler}.
 * The schema {@link #SCHEMA} has to be migrated before.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AutomationSettings.class)
public class AutomationConfiguration {

  /** Its tables. */
  public static final Schema SCHEMA = new Schema("automation", "db/automation");

  @Bean
  IntentStore intentStore(DataSource dataSource, ClaimClock claims, AutomationSettings settings) {
    return new IntentStore(dataSource, claims.clock(), settings.maxAttempts());
  }

  @Bean
  Dispatcher intentDispatcher(
      DataSource dataSource,
      IntentStore store,
      ObjectProvider<IntentHandler> handlers,
      ClaimClock claims,
      AutomationSettings settings) {
    return new Dispatcher(
        dataSource,
        store,
        new IntentRunner(
            store,
            handlers.orderedStream().toList(),
            new Backoff(
                settings.firstBackoff(),
                settings.maxBackoff(),
                () -> ThreadLocalRandom.current().nextDouble()),
            claims.clock()),
        claims.clock(),
        settings);
  }

  /** Looks for the dispatcher late: that one needs what Axon makes of this. */
  @Bean
  Automations automations(
      ObjectProvider<Automation> automations,
      DataSource dataSource,
      IntentStore store,
      ClaimClock claims,
      AutomationSettings settings,
      ObjectProvider<Dispatcher> dispatcher) {
    return new Automations(
        automations.orderedStream().toList(),
        dataSource,
        store,
        claims.clock(),
        settings.node(),
        () -> dispatcher.ifAvailable(Dispatcher::wake));
  }

  @Bean
  IntentHealth intentHealth(DataSource dataSource, ClaimClock claims, MeterRegistry registry) {
    return new IntentHealth(dataSource, claims.clock(), registry).start();
  }

  @Bean
  IntentDesk intentDesk(DataSource dataSource, IntentStore store, Dispatcher dispatcher) {
    return new IntentDesk(dataSource, store, dispatcher::wake);
  }

  @Bean
  IntentController intentController(
      DataSource dataSource, IntentStore store, Dispatcher dispatcher) {
    return new IntentController(new IntentQueries(dataSource), store, dispatcher::wake);
  }
}
