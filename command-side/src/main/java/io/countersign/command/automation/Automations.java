package io.countersign.command.automation;

import io.countersign.eventlog.processing.ProcessorSettings;
import io.countersign.eventlog.processing.Processors;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Registers a processor for every automation: from the head of the log on, intents and token in one
 * durable transaction. One segment each: an automation sees events in the order of the log.
 */
public final class Automations implements ConfigurerModule {

  private static final TokenSchema TOKENS =
      TokenSchema.builder()
          .setTokenTable("automation.token")
          .setProcessorNameColumn("processor_name")
          .setTokenTypeColumn("token_type")
          .build();

  private final List<Automation> automations;
  private final DataSource dataSource;
  private final TransactionManager transactions;
  private final IntentStore store;
  private final InstantSource clock;
  private final String node;
  private final Runnable wake;

  /**
   * Automations of a node.
   *
   * @param clock the same time on all nodes
   * @param node who claims them
   * @param wake called when something is due now
   */
  Automations(
      List<Automation> automations,
      DataSource dataSource,
      IntentStore store,
      InstantSource clock,
      String node,
      Runnable wake) {
    this.automations = List.copyOf(automations);
    this.dataSource = dataSource;
    this.store = store;
    this.clock = clock;
    this.node = node;
    this.wake = wake;
    this.transactions = new JdbcTransactions(dataSource);
    Set<String> names = new HashSet<>();
    for (Automation automation : automations) {
      if (!automation.name().matches("[a-z][a-z0-9-]{1,60}") || !names.add(automation.name())) {
        throw new IllegalArgumentException("not the name of one automation: " + automation.name());
      }
    }
  }

  @Override
  public void configureModule(Configurer configurer) {
    automations.forEach(automation -> register(configurer.eventProcessing(), automation));
  }

  private void register(EventProcessingConfigurer processing, Automation automation) {
    String name = automation.name();
    var handler = new AutomationEventHandler(automation, store, clock, wake);
    processing
        .registerEventHandler(_ -> handler)
        .assignHandlerInstancesMatching(name, candidate -> candidate == handler)
        .assignProcessingGroup(name, name)
        .registerTokenStore(name, this::tokenStore)
        .registerTransactionManager(name, _ -> transactions);
    Processors.register(processing, ProcessorSettings.automation(name, 1));
  }

  private TokenStore tokenStore(Configuration axon) {
    return JdbcTokenStore.builder()
        .connectionProvider(new TransactionAwareDataSourceProxy(dataSource)::getConnection)
        .serializer(axon.serializer())
        .schema(TOKENS)
        .contentType(byte[].class)
        .nodeId(node)
        .build();
  }
}
