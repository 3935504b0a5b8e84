package io.countersign.app.serve;

import io.countersign.app.access.AccessConfiguration;
import io.countersign.app.database.DatabaseConfiguration;
import io.countersign.app.problem.ProblemConfiguration;
import io.countersign.app.settings.ServeSettings;
import io.countersign.app.web.WebConfiguration;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;

/** Everything a node is made of, by name. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(ServeSettings.class)
@Import({
  DatabaseConfiguration.class,
  AccessConfiguration.class,
  ProblemConfiguration.class,
  WebConfiguration.class,
  EventLogWiring.class,
  RoleSelector.class
})
public class ServerConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Event loops of this server alone, ended with it and at once: requests have drained before. */
  @Bean
  ReactorResourceFactory reactorResources() {
    var resources = new ReactorResourceFactory();
    resources.setUseGlobalResources(false);
    resources.setShutdownQuietPeriod(Duration.ZERO);
    return resources;
  }
}
