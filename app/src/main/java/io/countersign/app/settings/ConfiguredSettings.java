package io.countersign.app.settings;

import io.countersign.app.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Settings as a server would have them, for commands that need no server. */
public final class ConfiguredSettings {

  private ConfiguredSettings() {}

  /**
   * Reads the settings of one record from the environment and a file.
   *
   * @param config the file; absent: the environment only
   * @param prefix of the record's names
   * @param type the record
   * @throws StartRefused when the file cannot be read, or a value is not allowed
   */
  public static <T> T read(@Nullable Path config, String prefix, Class<T> type) {
    if (config != null && !Files.isReadable(config)) {
      throw new StartRefused("cannot read the configuration file " + config);
    }
    String location = config == null ? "classpath:/" : "file:" + config.toAbsolutePath();
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("location", Map.of("spring.config.location", location)));
    try {
      ConfigDataEnvironmentPostProcessor.applyTo(environment);
      UnknownSettings.refuse(environment);
      return Binder.get(environment).bindOrCreate(prefix, type);
    } catch (BindException e) {
      throw new StartRefused(reason(e), e);
    } catch (IllegalStateException | org.yaml.snakeyaml.error.YAMLException e) {
      throw new StartRefused("the configuration file is not valid YAML (--config)", e);
    }
  }

  private static String reason(BindException invalid) {
    for (Throwable cause = invalid; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (cause instanceof IllegalArgumentException
          && message != null
          && message.startsWith("countersign.")) {
        return message;
      }
    }
    return "the setting %s has a value that is not allowed".formatted(invalid.getName());
  }
}
