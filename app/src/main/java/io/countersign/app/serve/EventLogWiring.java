package io.countersign.app.serve;

import org.springframework.context.annotation.Configuration;

/** The event store and its encryption, on every node. */
@Configuration(proxyBeanMethods = false)
class EventLogWiring {}
