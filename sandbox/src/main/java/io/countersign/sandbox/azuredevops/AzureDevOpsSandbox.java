package io.countersign.sandbox.azuredevops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An Azure DevOps of one's own, over HTTP, in this process. It keeps everything in memory and
 * forgets it when it is closed.
 *
 * <pre>{@code
 * try (var azureDevOps = AzureDevOpsSandbox.start(SandboxSettings.defaults())) {
 *   URI organization = azureDevOps.organizationUrl(); // http://127.0.0.1:PORT/fabrikam/
 *   azureDevOps.control().fault(Fault.of(Fault.Kind.CONFLICT, 1, "PATCH", "workitems"));
 * }
 * }</pre>
 */
public final class AzureDevOpsSandbox implements AutoCloseable {

  private final SandboxSettings settings;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Organization organization;
  private final SandboxControl control;
  private final Desk desk;

  private AzureDevOpsSandbox(SandboxSettings settings, HttpServer server) {
    this.settings = settings;
    this.server = server;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    var place = new Place(base(settings, server), settings.organization());
    this.organization = new Organization(place, settings);
    organization
        .projects()
        .found(settings.project(), ProcessTemplate.find(settings.process()).orElseThrow());
    var faults = new Faults();
    this.control = new SandboxControl(organization, faults);
    var code = new Code(organization);
    var locations = new Locations(place);
    var router = new Router();
    locations.routes(router);
    new ProjectApi(organization).routes(router);
    new WorkItemTypeApi(organization).routes(router);
    new HistoryApi(organization).routes(router);
    new QueryApi(organization).routes(router);
    new ReportingApi(organization).routes(router);
    new WorkItemApi(organization).routes(router);
    new HookApi(organization).routes(router);
    new NotificationApi(organization).routes(router);
    new HookCatalogueApi(organization).routes(router);
    new CodeApi(organization, code).routes(router);
    var controlApi = new ControlApi(control, new CodeControl(organization, code));
    this.desk = new Desk(organization, settings.tenant(), faults, router, controlApi, locations);
  }

  /**
   * Starts one.
   *
   * @throws UncheckedIOException when it cannot listen where it should
   */
  public static AzureDevOpsSandbox start(SandboxSettings settings) {
    try {
      var address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
      HttpServer server = HttpServer.create(address, 0);
      var sandbox = new AzureDevOpsSandbox(settings, server);
      server.setExecutor(sandbox.threads);
      server.createContext("/", sandbox::handle);
      server.start();
      return sandbox;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on %s:%d: %s".formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  /** Scheme, host and port; the token endpoint and the control are below it. */
  public URI baseUrl() {
    return URI.create(organization.place().base() + "/");
  }

  /** What stands for {@code https://dev.azure.com/fabrikam/}. */
  public URI organizationUrl() {
    return URI.create(organization.place().root());
  }

  /** Where access tokens are had, for client credentials. */
  public URI tokenUrl() {
    return baseUrl().resolve(settings.tenant() + "/oauth2/v2.0/token");
  }

  /** What it was started with. */
  public SandboxSettings settings() {
    return settings;
  }

  /** Faults, people, and a look inside. */
  public SandboxControl control() {
    return control;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    organization.close();
  }

  private static String base(SandboxSettings settings, HttpServer server) {
    return "http://%s:%d".formatted(settings.host(), server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = desk.answer(Request.of(exchange));
      if (answer != null) {
        write(exchange, answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(HttpExchange exchange, Answer answer) throws IOException {
    String activity = UUID.randomUUID().toString();
    var headers = exchange.getResponseHeaders();
    headers.set("ActivityId", activity);
    headers.set("X-VSS-E2EID", activity);
    headers.set("X-TFS-Session", activity);
    headers.set("Cache-Control", "no-cache");
    answer.headers().forEach(headers::set);
    boolean empty = answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
    if (!empty) {
      exchange.getResponseBody().write(answer.body());
    }
  }
}
