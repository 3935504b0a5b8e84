package io.countersign.eventlog.command;

import java.lang.reflect.Field;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ModuleConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.SubscribingEventProcessor;
import org.axonframework.lifecycle.Phase;

/**
 * Fails the start when something is configured that the event log cannot keep its promises with:
 * the append commits by itself, outside the unit of work.
 */
public final class StartGuard implements ConfigurerModule {

  @Override
  public void configureModule(Configurer configurer) {
    configurer.onInitialize(
        configuration ->
            configuration.onStart(Phase.EXTERNAL_CONNECTIONS, () -> check(configuration)));
  }

  /**
   * Looks at processors and command bus.
   *
   * @throws AxonConfigurationException when one of them does not fit, saying what to do
   */
  public static void check(Configuration configuration) {
    checkCommandBus(configuration.commandBus());
    configuration.getModules().stream()
        .map(ModuleConfiguration::unwrap)
        .filter(EventProcessingConfiguration.class::isInstance)
        .map(EventProcessingConfiguration.class::cast)
        .forEach(processing -> processing.eventProcessors().forEach(StartGuard::checkProcessor));
  }

  private static void checkProcessor(String name, EventProcessor processor) {
    if (processor instanceof SubscribingEventProcessor) {
      throw new AxonConfigurationException(
          "processor "
              + name
              + " is subscribing: it would handle events before they are stored. Register it as a"
              + " pooled streaming processor.");
    }
  }

  private static void checkCommandBus(CommandBus bus) {
    if (!(bus instanceof SimpleCommandBus simple)) {
      throw new AxonConfigurationException(
          "command bus "
              + bus.getClass().getSimpleName()
              + " is not known to work with the event log. Use LogCommandBus.");
    }
    if (transactionManager(simple) != NoTransactionManager.INSTANCE) {
      throw new AxonConfigurationException(
          "the command bus has a transaction manager: the append commits outside of its"
              + " transactions, so they would roll back what is stored. Use LogCommandBus.");
    }
  }

  private static Object transactionManager(SimpleCommandBus bus) {
    try {
      Field field = SimpleCommandBus.class.getDeclaredField("transactionManager");
      field.setAccessible(true);
      return field.get(bus);
    } catch (ReflectiveOperationException e) {
      throw new AxonConfigurationException(
          "this version of Axon hides the command bus's transaction manager; StartGuard needs a"
              + " look",
          e);
    }
  }
}
