package io.countersign.app.serve;

import org.springframework.context.annotation.Configuration;

/** What a node with the role {@code audit} adds. */
@Configuration(proxyBeanMethods = false)
class AuditWiring {}
