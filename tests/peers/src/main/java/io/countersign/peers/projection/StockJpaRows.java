package io.countersign.peers.projection;

import io.countersign.benchmarks.projection.StockStorage;
import io.countersign.peers.axonjpa.ByteaDialect;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.common.jpa.SimpleEntityManagerProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jpa.JpaTokenStore;
import org.axonframework.eventhandling.tokenstore.jpa.TokenEntry;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/**
 * Axon's JPA token store, and an entity for each table: found or made, changed, written by
 * Hibernate when the batch commits, its statements batched as its guide advises.
 */
final class StockJpaRows implements StockStorage {

  private final DataSource pool;
  private final EntityManagerFactory factory;
  private final EntityManager entities;

  StockJpaRows(DataSource pool, Projection<?> projection) {
    this.pool = pool;
    var bean = new LocalContainerEntityManagerFactoryBean();
    bean.setDataSource(pool);
    bean.setPersistenceUnitName("stock");
    bean.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
    bean.setManagedTypes(PersistenceManagedTypes.of(managed()));
    bean.setJpaPropertyMap(
        Map.of(
            "hibernate.dialect",
            ByteaDialect.class.getName(),
            "hibernate.default_schema",
            projection.schema(),
            "hibernate.physical_naming_strategy",
            PhysicalNamingStrategySnakeCaseImpl.class.getName(),
            "hibernate.jdbc.batch_size",
            "50",
            "hibernate.order_inserts",
            "true",
            "hibernate.order_updates",
            "true"));
    bean.afterPropertiesSet();
    this.factory = Objects.requireNonNull(bean.getObject());
    this.entities = SharedEntityManagerCreator.createSharedEntityManager(factory);
  }

  private static String[] managed() {
    return Stream.concat(
            Stream.of(TokenEntry.class, TableRow.class), TableRow.ALL.values().stream())
        .map(Class::getName)
        .toArray(String[]::new);
  }

  @Override
  public String name() {
    return "JPA";
  }

  /** In the schema of the rows, where Hibernate looks for it. */
  @Override
  public TokenStore tokens(Serializer serializer) throws SQLException {
    String table = factory.getProperties().get("hibernate.default_schema") + ".token_entry";
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("drop table if exists " + table);
      statement.execute(
          """
          create table %s (processor_name text, segment int, token bytea, token_type text,
            timestamp text not null, owner text, primary key (processor_name, segment))
          """
              .formatted(table));
    }
    return JpaTokenStore.builder()
        .entityManagerProvider(new SimpleEntityManagerProvider(entities))
        .serializer(serializer)
        .build();
  }

  @Override
  public TransactionManager transactions() {
    return new SpringTransactionManager(new JpaTransactionManager(factory));
  }

  @Override
  public void write(long index, List<RowChange> changes) {
    for (RowChange change : changes) {
      Class<? extends TableRow> type = TableRow.ofTable(change.table());
      TableRow row = entities.find(type, TableRow.id(type, change.key()));
      if (row == null) {
        row = TableRow.create(type, change);
        row.change(index, change);
        entities.persist(row);
      } else {
        row.change(index, change);
      }
    }
  }

  @Override
  public void close() {
    factory.close();
  }
}
