package io.countersign.app.serve;

import io.countersign.app.StartRefused;
import io.countersign.app.data.DataDirectory;
import io.countersign.app.database.RunningDatabase;
import io.countersign.app.settings.ServeSettings;
import io.countersign.audit.key.LogKeyException;
import io.countersign.eventlog.encryption.MasterKeyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;

/** A node that is running: started whole or not at all, stopped in order, database last. */
public final class Server implements AutoCloseable {

  private final ReactiveWebServerApplicationContext context;
  private final ServerFile file;

  private Server(ReactiveWebServerApplicationContext context, ServerFile file) {
    this.context = context;
    this.file = file;
  }

  /**
   * Starts a node and waits until it is ready.
   *
   * @param options settings of highest precedence, by property name
   * @param more further configuration, for tests
   * @throws StartRefused when something has to be set right first
   */
  public static Server start(Map<String, String> options, Class<?>... more) {
    // Axon reads this beside its own setting: the program never phones home
    System.setProperty("axoniq.update-checker.disabled", "true");
    var sources = new ArrayList<Class<?>>(List.of(more));
    sources.addFirst(ServerConfiguration.class);
    var application = new SpringApplication(sources.toArray(Class<?>[]::new));
    application.setWebApplicationType(WebApplicationType.REACTIVE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    var derived = new DerivedSettings();
    // by then Spring has configured the logging, which forgets filters
    application.addInitializers(derived, _ -> OutageFilter.install());
    String[] arguments =
        options.entrySet().stream()
            .map(option -> "--" + option.getKey() + "=" + option.getValue())
            .toArray(String[]::new);
    try {
      var context = (ReactiveWebServerApplicationContext) application.run(arguments);
      return opened(context);
    } catch (RuntimeException e) {
      derived.abandon();
      throw refusal(e);
    }
  }

  private static Server opened(ReactiveWebServerApplicationContext context) {
    try {
      ServeSettings settings = context.getBean(ServeSettings.class);
      var file =
          ServerFile.of(
              settings, java.util.Objects.requireNonNull(context.getWebServer()).getPort());
      file.write(context.getBean(DataDirectory.class).serverFile());
      return new Server(context, file);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** Finds the reason a person can act on. */
  private static RuntimeException refusal(RuntimeException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof StartRefused refused) {
        return refused;
      }
      if (t instanceof MasterKeyException key) {
        return new StartRefused(String.valueOf(key.getMessage()), failure);
      }
      if (t instanceof LogKeyException key) {
        return new StartRefused(String.valueOf(key.getMessage()), failure);
      }
      if (t instanceof PortInUseException taken) {
        return new StartRefused(
            "port %d is taken by another program: stop it, or give another with --port"
                .formatted(taken.getPort()),
            failure);
      }
      if (t instanceof java.net.BindException || isRefusedByNetwork(t)) {
        return new StartRefused(
            "cannot listen on the address and port given with --bind and --port", failure);
      }
      if (t instanceof BindException invalid) {
        return new StartRefused(
            "the setting %s has a value that is not allowed%s"
                .formatted(invalid.getName(), reason(invalid)),
            failure);
      }
      if (t instanceof IllegalArgumentException setting
          && String.valueOf(setting.getMessage()).startsWith("countersign.")) {
        return new StartRefused(String.valueOf(setting.getMessage()), failure);
      }
    }
    if (failure.getClass().getPackageName().startsWith("org.yaml.snakeyaml")) {
      return new StartRefused("the configuration file is not valid YAML (--config)", failure);
    }
    return failure;
  }

  private static boolean isRefusedByNetwork(Throwable failure) {
    return failure instanceof IOException
        && String.valueOf(failure.getMessage()).startsWith("bind(");
  }

  /** What a settings record says about its values. */
  private static String reason(Throwable invalid) {
    for (Throwable t = invalid; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (t instanceof IllegalArgumentException
          && message != null
          && message.startsWith("countersign.")) {
        return ": " + message;
      }
    }
    return "";
  }

  /** The banner: what runs, where, and what to try. */
  public String banner() {
    return StartBanner.text(
        context.getBean(ServeSettings.class),
        context.getBean(DataDirectory.class),
        context.getBean(RunningDatabase.class),
        file.url());
  }

  /** Base URL for clients on this machine. */
  public String url() {
    return file.url();
  }

  /** What the node is made of. */
  public ReactiveWebServerApplicationContext context() {
    return context;
  }

  /** Stops accepting, finishes what is in flight, flushes, closes; the database goes last. */
  @Override
  public void close() {
    file.remove(context.getBean(DataDirectory.class).serverFile());
    context.close();
  }
}
