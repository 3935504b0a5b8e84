package io.countersign.app.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.app.data.DataDirectory;
import io.countersign.app.settings.ServeSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.r2dbc.pool.ConnectionPool;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * The database, in the order everything else relies on: locked directory, running server, schemas,
 * address, pools. Spring stops them in the opposite order, so the database goes last.
 */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);

  @Bean
  DataDirectory dataDirectory(DatabaseStart start) {
    DataDirectory directory = start.directory();
    for (Path file : directory.openToOthers()) {
      LOG.warn("{} can be read by others than its owner; mend it with: chmod 600 {}", file, file);
    }
    return directory;
  }

  @Bean
  DataDirectory.Lock dataDirectoryLock(DatabaseStart start) {
    return start.lock();
  }

  @Bean
  RunningDatabase runningDatabase(DatabaseStart start, DataDirectory.Lock lock) {
    return start.database();
  }

  @Bean
  @Order(0)
  Schema eventlogSchema() {
    return Schema.EVENTLOG;
  }

  /** Before the first write. */
  @Bean
  Durability durability(RunningDatabase database, ServeSettings settings) {
    DatabaseAddress address = database.address();
    ConnectionBudget.check(address, settings.database());
    return Durability.checked(address, settings.database().allowLosingAcknowledgedDeliveries());
  }

  /** Whoever has the address can rely on the schemas. */
  @Bean
  DatabaseAddress databaseAddress(
      RunningDatabase database, Durability durability, ObjectProvider<Schema> schemas) {
    DatabaseAddress address = database.address();
    List<Schema> inOrder = schemas.orderedStream().toList();
    SchemaMigration.migrate(address, inOrder);
    return address;
  }

  @Bean
  @Primary
  HikariDataSource dataSource(
      DatabaseAddress address, Durability durability, ServeSettings settings) {
    var config = new HikariConfig();
    config.setPoolName("countersign");
    config.setDataSource(new CheckedConnections(address, durability));
    config.setMaximumPoolSize(settings.database().poolSize());
    config.setMinimumIdle(Math.min(4, settings.database().poolSize()));
    config.setConnectionTimeout(10_000);
    return new HikariDataSource(config);
  }

  @Bean(destroyMethod = "dispose")
  ConnectionPool connectionFactory(DatabaseAddress address, ServeSettings settings) {
    return ReadConnections.pool(
        address, settings.database().readPoolSize(), settings.database().queryTimeout());
  }

  /** Named explicitly: with R2DBC beside it, neither Spring Boot nor Axon would choose it. */
  @Bean
  @Primary
  JdbcTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  TransactionManager axonTransactionManager(JdbcTransactionManager transactionManager) {
    return new SpringTransactionManager(transactionManager);
  }
}
