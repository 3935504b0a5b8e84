package io.countersign.app.settings;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server. An option of the command line wins over the environment, which wins over the file
 * named by {@code --config}.
 *
 * @param data directory for the embedded database, tokens and secrets
 * @param roles what this node does: all, command, query, audit
 * @param bind address the HTTP port listens on
 * @param port HTTP port; 0: a free one
 * @param masterKeyFile file of the master key that wraps all data keys; absent: {@code master.key}
 *     in the data directory. Nodes on one database need the same
 * @param eventStore where events are stored: postgresql or axon-server
 * @param tls TLS of the HTTP port
 * @param database the database
 */
@ConfigurationProperties("countersign")
public record ServeSettings(
    @DefaultValue("data") Path data,
    @DefaultValue("all") Set<NodeRole> roles,
    @DefaultValue("127.0.0.1") String bind,
    @DefaultValue("8080") int port,
    @Nullable Path masterKeyFile,
    @DefaultValue("postgresql") EventStoreKind eventStore,
    @NestedConfigurationProperty @DefaultValue TlsSettings tls,
    @NestedConfigurationProperty @DefaultValue DatabaseSettings database) {

  /** What this node does, {@code all} expanded. */
  public Set<NodeRole> nodeRoles() {
    return NodeRole.expand(roles);
  }
}
