package io.countersign.app.web;

import io.countersign.app.settings.ServeSettings;
import io.countersign.command.inbox.Inbox;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health, metrics and the API's own description. */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration {

  @Bean
  HealthController healthController(
      DataSource dataSource, ApplicationAvailability availability, ObjectProvider<Inbox> inbox) {
    return new HealthController(dataSource, availability, inbox);
  }

  @Bean
  MetricsController metricsController(PrometheusMeterRegistry registry, ServeSettings settings) {
    return new MetricsController(registry, settings);
  }

  @Bean
  ApiDescription apiDescription() {
    return new ApiDescription();
  }
}
