package io.countersign.command.azuredevops.client;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Calls to Azure DevOps. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AzureDevOpsSettings.class)
public class AzureDevOpsConfiguration {

  @Bean
  AzureDevOps azureDevOps(AzureDevOpsSettings settings, Clock clock, MeterRegistry meters) {
    return new AzureDevOps(settings, clock, meters);
  }
}
