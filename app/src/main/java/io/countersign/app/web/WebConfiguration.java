package io.countersign.app.web;

import io.countersign.app.database.Durability;
import io.countersign.app.settings.HttpSettings;
import io.countersign.app.settings.ServeSettings;
import io.countersign.audit.AuditWarnings;
import io.countersign.command.automation.IntentHealth;
import io.countersign.command.inbox.Inbox;
import io.countersign.command.reconciliation.ReconciliationHealth;
import io.countersign.eventlog.append.HaltWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health, metrics, the API's own description, limits of connections and requests. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
public class WebConfiguration {

  @Bean
  HealthController healthController(
      DataSource dataSource,
      Durability durability,
      ApplicationAvailability availability,
      ObjectProvider<Inbox> inbox,
      HaltWatch halts,
      ObjectProvider<AuditWarnings> audit,
      ObjectProvider<IntentHealth> intents,
      ObjectProvider<ReconciliationHealth> reconciliation) {
    return new HealthController(
        dataSource, durability, availability, inbox, halts, audit, intents, reconciliation);
  }

  @Bean
  MetricsController metricsController(PrometheusMeterRegistry registry, ServeSettings settings) {
    return new MetricsController(registry, settings);
  }

  @Bean
  RootController rootController() {
    return new RootController();
  }

  @Bean
  ApiDescription apiDescription() {
    return new ApiDescription();
  }

  @Bean
  RequestLimit requestLimit(HttpSettings settings, MeterRegistry metrics) {
    return new RequestLimit(settings, metrics);
  }

  @Bean
  NettyServerCustomizer connectionLimits(HttpSettings settings, MeterRegistry metrics) {
    return new ConnectionLimits(settings, metrics);
  }
}
