package io.countersign.app.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.app.data.DataDirectory;
import io.countersign.app.settings.ServeSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.r2dbc.pool.ConnectionPool;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
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

  @Bean
  DataDirectory dataDirectory(ServeSettings settings) {
    return new DataDirectory(settings.data()).prepared();
  }

  @Bean
  DataDirectory.Lock dataDirectoryLock(DataDirectory directory) {
    return directory.lock();
  }

  @Bean
  RunningDatabase runningDatabase(
      ServeSettings settings, DataDirectory directory, DataDirectory.Lock lock) {
    return settings
        .database()
        .external()
        .<RunningDatabase>map(RunningDatabase.External::new)
        .orElseGet(() -> EmbeddedDatabase.start(directory, settings.database().embedded()));
  }

  @Bean
  @Order(0)
  Schema eventlogSchema() {
    return Schema.EVENTLOG;
  }

  /** Whoever has the address can rely on the schemas. */
  @Bean
  DatabaseAddress databaseAddress(
      RunningDatabase database, ServeSettings settings, ObjectProvider<Schema> schemas) {
    DatabaseAddress address = database.address();
    ConnectionBudget.check(address, settings.database());
    List<Schema> inOrder = schemas.orderedStream().toList();
    SchemaMigration.migrate(address, inOrder);
    return address;
  }

  @Bean
  @Primary
  HikariDataSource dataSource(DatabaseAddress address, ServeSettings settings) {
    var config = new HikariConfig();
    config.setPoolName("countersign");
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(settings.database().poolSize());
    config.setMinimumIdle(Math.min(4, settings.database().poolSize()));
    config.setConnectionTimeout(10_000);
    config.addDataSourceProperty("ApplicationName", "countersign");
    config.addDataSourceProperty("socketTimeout", DatabaseAddress.SILENCE_SECONDS);
    config.addDataSourceProperty("tcpKeepAlive", true);
    return new HikariDataSource(config);
  }

  @Bean(destroyMethod = "dispose")
  ConnectionPool connectionFactory(DatabaseAddress address, ServeSettings settings) {
    return ReadConnections.pool(address, settings.database().readPoolSize());
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
