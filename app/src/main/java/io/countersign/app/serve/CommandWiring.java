package io.countersign.app.serve;

import io.countersign.app.access.PrincipalStore;
import io.countersign.app.data.DataDirectory;
import io.countersign.app.settings.WebhookSecrets;
import io.countersign.command.DomainConfiguration;
import io.countersign.command.access.PrincipalNames;
import io.countersign.command.automation.AutomationConfiguration;
import io.countersign.command.azuredevops.client.AzureDevOpsConfiguration;
import io.countersign.command.escalation.EscalationConfiguration;
import io.countersign.command.evidence.Evidence;
import io.countersign.command.identity.IdentityDirectory;
import io.countersign.command.inbox.InboxConfiguration;
import io.countersign.command.inbox.InboxSchema;
import io.countersign.command.privacy.Matters;
import io.countersign.command.privacy.PrivacyConfiguration;
import io.countersign.command.reconciliation.ReconciliationConfiguration;
import io.countersign.command.sync.SyncConfiguration;
import io.countersign.command.webhook.WebhookConfiguration;
import io.countersign.command.webhook.WebhookSettings;
import io.countersign.eventlog.database.Schema;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;

/** What a node with the role {@code command} adds. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSecrets.class)
@Import({
  DomainConfiguration.class,
  AzureDevOpsConfiguration.class,
  InboxConfiguration.class,
  AutomationConfiguration.class,
  EscalationConfiguration.class,
  PrivacyConfiguration.class,
  SyncConfiguration.class,
  ReconciliationConfiguration.class,
  WebhookConfiguration.class
})
class CommandWiring {

  @Bean
  @Order(10)
  Schema identitySchema() {
    return IdentityDirectory.SCHEMA;
  }

  @Bean
  @Order(11)
  Schema inboxSchema() {
    return InboxSchema.INBOX;
  }

  @Bean
  @Order(12)
  Schema privacySchema() {
    return Matters.SCHEMA;
  }

  @Bean
  @Order(13)
  Schema automationSchema() {
    return AutomationConfiguration.SCHEMA;
  }

  @Bean
  @Order(14)
  Schema evidenceSchema() {
    return Evidence.SCHEMA;
  }

  @Bean
  PrincipalNames principalNames(PrincipalStore store) {
    return store::active;
  }

  @Bean
  @Order(15)
  Schema reconciliationSchema() {
    return ReconciliationConfiguration.SCHEMA;
  }

  @Bean
  @Order(16)
  Schema escalationSchema() {
    return EscalationConfiguration.SCHEMA;
  }

  @Bean
  WebhookSettings webhookSettings(WebhookSecrets secrets, DataDirectory directory) {
    return secrets.settings(directory.webhookSecret());
  }
}
