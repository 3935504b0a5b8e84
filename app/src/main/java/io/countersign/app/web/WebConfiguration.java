package io.countersign.app.web;

import io.countersign.app.database.Durability;
import io.countersign.app.settings.ServeSettings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import javax.sql.DataSource;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health, metrics and the API's own description. */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration {

  @Bean
  HealthController healthController(
      DataSource dataSource, Durability durability, ApplicationAvailability availability) {
    return new HealthController(dataSource, durability, availability);
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
}
