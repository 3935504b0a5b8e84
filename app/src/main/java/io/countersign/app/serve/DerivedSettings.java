package io.countersign.app.serve;

import io.countersign.app.StartRefused;
import io.countersign.app.database.DatabaseStart;
import io.countersign.app.settings.EventStoreKind;
import io.countersign.app.settings.NodeRole;
import io.countersign.app.settings.ServeSettings;
import io.countersign.app.settings.UnknownSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Settings of the libraries that follow from ours, checked before anything is started. They win
 * over every other source: there is one way to say each thing. Once they are right, the database is
 * on its way.
 */
public final class DerivedSettings
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private @Nullable DatabaseStart database;

  /** For a start that failed: stops the database, unless somebody else does. */
  void abandon() {
    if (database != null) {
      database.close();
    }
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var environment = context.getEnvironment();
    UnknownSettings.refuse(environment);
    ServeSettings settings;
    try {
      settings = Binder.get(environment).bindOrCreate("countersign", ServeSettings.class);
    } catch (BindException e) {
      throw new StartRefused(
          "the setting %s has a value that is not allowed".formatted(e.getName()), e);
    }
    if (settings.port() < 0 || settings.port() > 65_535) {
      throw new StartRefused("a port is a number from 0 to 65535 (--port)");
    }
    if (environment.containsProperty("countersign.audit.sequencer.url")
        && !settings.nodeRoles().equals(Set.of(NodeRole.AUDIT))) {
      throw new StartRefused(
          "a node that makes a log of a foreign event store (countersign.audit.sequencer.url) has the"
              + " role audit and no other (--role audit)");
    }
    settings.tls().check();
    Map<String, Object> derived = derive(settings);
    environment.getPropertySources().addFirst(new MapPropertySource("derived", derived));
    if (settings.database().external().isEmpty()) {
      // nobody else can be on it: after a crash nothing has to wait for claims to run out
      environment
          .getPropertySources()
          .addLast(
              new MapPropertySource(
                  "alone",
                  Map.of(
                      "countersign.query.node", "embedded",
                      "countersign.automation.node", "embedded")));
    }
    database = DatabaseStart.begin(settings);
    context.getBeanFactory().registerSingleton("databaseStart", database);
  }

  static Map<String, Object> derive(ServeSettings settings) {
    var derived = new LinkedHashMap<String, Object>();
    derived.put("server.address", address(settings.bind()));
    derived.put("server.port", settings.port());
    derived.put("axon.axonserver.enabled", settings.eventStore() == EventStoreKind.AXON_SERVER);
    Path certificate = settings.tls().cert();
    Path key = settings.tls().key();
    if (certificate != null && key != null) {
      derived.put("server.ssl.certificate", certificate.toUri().toString());
      derived.put("server.ssl.certificate-private-key", key.toUri().toString());
    }
    return derived;
  }

  private static String address(String bind) {
    try {
      return InetAddress.getByName(bind).getHostAddress();
    } catch (UnknownHostException e) {
      throw new StartRefused("cannot listen on '%s': no such address (--bind)".formatted(bind), e);
    }
  }
}
