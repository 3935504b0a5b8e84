package io.countersign.peers.front;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.core.env.Environment;

/** Starts a peer whose engine is a library: Spring Boot brings the HTTP front and nothing else. */
public final class Plain {

  private static final Pattern NOT_WANTED =
      Pattern.compile("org\\.axonframework\\..*|.*\\.(jdbc|jpa|hibernate|data|transaction)\\..*");

  private Plain() {}

  /** Starts it. */
  public static void run(Class<?> peer, String... args) {
    var application = new SpringApplication(peer, Front.class);
    List<String> excluded = new ArrayList<>();
    for (String name :
        ImportCandidates.load(AutoConfiguration.class, Plain.class.getClassLoader())) {
      if (NOT_WANTED.matcher(name).matches()) {
        excluded.add(name);
      }
    }
    application.setDefaultProperties(
        Map.of("spring.autoconfigure.exclude", String.join(",", excluded)));
    application.run(args);
  }

  /** Connections as Boot's starters make them, from the same settings. */
  public static HikariDataSource pool(Environment environment) {
    var config = new HikariConfig();
    config.setJdbcUrl(environment.getRequiredProperty("spring.datasource.url"));
    config.setUsername(environment.getRequiredProperty("spring.datasource.username"));
    config.setPassword(environment.getRequiredProperty("spring.datasource.password"));
    config.setMaximumPoolSize(
        environment.getRequiredProperty("spring.datasource.hikari.maximum-pool-size", int.class));
    return new HikariDataSource(config);
  }
}
