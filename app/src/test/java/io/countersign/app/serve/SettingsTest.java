package io.countersign.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.app.StartRefused;
import io.countersign.app.settings.NodeRole;
import io.countersign.app.settings.ServeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

final class SettingsTest {

  @TempDir Path folder;

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(ServeSettings.class)
  static class SettingsOnly {}

  @Test
  void anOptionWinsOverTheEnvironmentAndTheEnvironmentOverTheFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("countersign.yaml"),
            """
            countersign:
              bind: 127.0.0.3
              port: 3
              data: from-file
              database:
                pool-size: 3
            """);
    ServeSettings settings =
        bind(
            Map.of("COUNTERSIGN_PORT", "2", "COUNTERSIGN_DATA", "from-environment"),
            "--countersign.port=1",
            "--spring.config.location=classpath:/,file:" + file);
    assertThat(settings.port()).isEqualTo(1);
    assertThat(settings.data()).isEqualTo(Path.of("from-environment"));
    assertThat(settings.bind()).isEqualTo("127.0.0.3");
    assertThat(settings.database().poolSize()).isEqualTo(3);
  }

  @Test
  void everySettingOfTheDatabaseHasItsNameInTheEnvironment() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "sesame");
    ServeSettings settings =
        bind(
            Map.of(
                "COUNTERSIGN_DATABASE_URL", "jdbc:postgresql://db/cs",
                "COUNTERSIGN_DATABASE_USER", "me",
                "COUNTERSIGN_DATABASE_PASSWORD_FILE", password.toString(),
                "COUNTERSIGN_EVENT_STORE", "axon-server",
                "COUNTERSIGN_TLS_CERT", "cert.pem",
                "COUNTERSIGN_ROLES", "query,audit"));
    var address = settings.database().external().orElseThrow();
    assertThat(address.url()).isEqualTo("jdbc:postgresql://db/cs");
    assertThat(address.user()).isEqualTo("me");
    assertThat(address.password()).isEqualTo("sesame");
    assertThat(settings.nodeRoles()).containsExactly(NodeRole.QUERY, NodeRole.AUDIT);
    assertThat(settings.tls().cert()).isEqualTo(Path.of("cert.pem"));
    assertThat(DerivedSettings.derive(settings)).containsEntry("axon.axonserver.enabled", true);
  }

  @Test
  void withoutAnySettingANodeDoesEverythingOnThisMachineOnly() {
    ServeSettings settings = bind(Map.of());
    assertThat(settings.nodeRoles()).hasSize(3);
    assertThat(settings.database().external()).isEmpty();
    assertThat(DerivedSettings.derive(settings))
        .containsEntry("server.address", "127.0.0.1")
        .containsEntry("server.port", 8080)
        .containsEntry("axon.axonserver.enabled", false)
        .doesNotContainKey("server.ssl.certificate");
  }

  @Test
  void whatCannotWorkIsRefusedBeforeAnythingStarts() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    refuses("belong together", "countersign.tls.cert", empty.toString());
    refuses(
        "cannot read the certificate",
        "countersign.tls.cert",
        "/nowhere.pem",
        "countersign.tls.key",
        "/nowhere.pem");
    refuses(
        "holds no PEM certificate",
        "countersign.tls.cert",
        empty.toString(),
        "countersign.tls.key",
        empty.toString());
    refuses("0 to 65535", "countersign.port", "70000");
    refuses("no such address", "countersign.bind", "not.an.address.invalid");
    refuses("countersign.roles", "countersign.roles", "king");
  }

  @Test
  void aSettingOfTheFileThatNothingReadsIsNamedWithTheOneThatWasMeant() throws IOException {
    Path file = folder.resolve("countersign.yaml");
    Files.writeString(file, "countersign: {database: {pool-sise: 3}}");
    refuses(
        "there is no setting countersign.database.pool-sise (--config): did you mean"
            + " countersign.database.pool-size?",
        "spring.config.location",
        "classpath:/,file:" + file);
    Files.writeString(file, "countersign: {audit: {anchors: [{kind: file, trusts: a.pem}]}}");
    refuses(
        "there is no setting countersign.audit.anchors.trusts (--config): did you mean"
            + " countersign.audit.anchors.trust?",
        "spring.config.location",
        "classpath:/,file:" + file);
    Files.writeString(file, "countersign: {something-else-altogether: 3}");
    refuses(
        "docs/reference/configuration.md", "spring.config.location", "classpath:/,file:" + file);
    Files.writeString(
        file,
        """
        countersign:
          roles: [query, audit]
          audit: {anchors: [{kind: file, name: paper, file: kept.txt}]}
          database: {poolSize: 3, read_pool_size: 4, embedded: {port: 1}}
          port: 70000
        """);
    refuses("0 to 65535", "spring.config.location", "classpath:/,file:" + file);
  }

  private void refuses(String message, String... settings) {
    var options = new java.util.LinkedHashMap<String, String>();
    options.put("countersign.data", folder.resolve("never").toString());
    for (int i = 0; i < settings.length; i += 2) {
      options.put(settings[i], settings[i + 1]);
    }
    assertThatThrownBy(() -> Server.start(options))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(message);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  private static ServeSettings bind(Map<String, Object> environment, String... arguments) {
    var sources = new StandardEnvironment();
    sources
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
    var application = new SpringApplication(SettingsOnly.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setRegisterShutdownHook(false);
    application.setEnvironment(sources);
    try (var context = application.run(arguments)) {
      return context.getBean(ServeSettings.class);
    }
  }
}
