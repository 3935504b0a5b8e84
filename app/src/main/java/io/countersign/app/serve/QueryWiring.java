package io.countersign.app.serve;

import io.countersign.eventlog.database.Schema;
import io.countersign.query.QuerySchemas;
import io.countersign.query.QuerySide;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;

/** What a node with the role {@code query} adds. */
@Configuration(proxyBeanMethods = false)
@Import(QuerySide.class)
class QueryWiring {

  @Bean
  @Order(20)
  Schema querySchema() {
    return QuerySchemas.QUERY;
  }

  @Bean
  @Order(21)
  Schema workItemsSchema() {
    return QuerySchemas.WORK_ITEMS_V1;
  }

  @Bean
  @Order(22)
  Schema projectsSchema() {
    return QuerySchemas.PROJECTS_V1;
  }

  @Bean
  @Order(23)
  Schema traceabilitySchema() {
    return QuerySchemas.TRACEABILITY_V1;
  }

  @Bean
  @Order(24)
  Schema resourcesSchema() {
    return QuerySchemas.RESOURCES_V1;
  }

  @Bean
  @Order(25)
  Schema escalationsSchema() {
    return QuerySchemas.ESCALATIONS_V1;
  }

  @Bean
  @Order(26)
  Schema gatesSchema() {
    return QuerySchemas.GATES_V1;
  }

  @Bean
  @Order(27)
  Schema policiesSchema() {
    return QuerySchemas.POLICIES_V1;
  }

  @Bean
  @Order(28)
  Schema streamsSchema() {
    return QuerySchemas.STREAMS_V1;
  }

  @Bean
  @Order(30)
  Schema syncsSchema() {
    return QuerySchemas.SYNCS_V1;
  }

  @Bean
  @Order(29)
  Schema reconciliationsSchema() {
    return QuerySchemas.RECONCILIATIONS_V1;
  }

  @Bean
  @Order(31)
  Schema viewsSchema() {
    return QuerySchemas.VIEWS;
  }
}
