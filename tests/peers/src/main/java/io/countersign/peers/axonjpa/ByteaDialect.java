package io.countersign.peers.axonjpa;

import java.sql.Types;
import org.hibernate.boot.model.TypeContributions;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.jdbc.VarbinaryJdbcType;

/**
 * Stores payloads and tokens as {@code bytea}. Hibernate would make large objects of them, which
 * Axon's documentation advises against on PostgreSQL.
 */
public final class ByteaDialect extends PostgreSQLDialect {

  /** For Hibernate. */
  public ByteaDialect() {}

  @Override
  protected String columnType(int sqlTypeCode) {
    return sqlTypeCode == SqlTypes.BLOB ? "bytea" : super.columnType(sqlTypeCode);
  }

  @Override
  public void contributeTypes(TypeContributions contributions, ServiceRegistry registry) {
    super.contributeTypes(contributions, registry);
    contributions
        .getTypeConfiguration()
        .getJdbcTypeRegistry()
        .addDescriptor(Types.BLOB, VarbinaryJdbcType.INSTANCE);
  }
}
