package io.countersign.app.settings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The embedded PostgreSQL.
 *
 * @param port TCP port on 127.0.0.1; 0: a free one, kept over restarts
 * @param maxConnections how many sessions it admits
 */
public record EmbeddedSettings(
    @DefaultValue("0") int port, @DefaultValue("80") int maxConnections) {}
