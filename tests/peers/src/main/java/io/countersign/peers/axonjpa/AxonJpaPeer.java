package io.countersign.peers.axonjpa;

import io.countersign.peers.front.Engine;
import io.countersign.peers.front.Front;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.JpaEventStorageEngine;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Axon's starter, Spring Boot's JPA starter, and the front. */
@SpringBootApplication(proxyBeanMethods = false)
@Import(Front.class)
public class AxonJpaPeer {

  AxonJpaPeer() {}

  /** Starts it; settings as options of Spring Boot. */
  public static void main(String[] args) {
    new SpringApplication(AxonJpaPeer.class).run(args);
  }

  /** Keeps aggregates that are in use, as Axon's documentation advises for speed. */
  @Bean
  Cache aggregates() {
    return new WeakReferenceCache();
  }

  /** What Boot and Axon configure by themselves has to be what is measured. */
  @Bean
  Engine engine(
      CommandGateway gateway, TransactionManager transactions, EventStorageEngine storage) {
    if (!(transactions instanceof SpringTransactionManager)
        || !(storage instanceof JpaEventStorageEngine)) {
      throw new IllegalStateException(
          "not Axon on JPA: %s, %s".formatted(transactions.getClass(), storage.getClass()));
    }
    return change -> gateway.sendAndWait(new RecordUpdate(change.workItem(), change));
  }
}
