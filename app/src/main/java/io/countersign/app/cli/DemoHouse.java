package io.countersign.app.cli;

import io.countersign.app.data.DataDirectory;
import io.countersign.app.data.SecretFile;
import io.countersign.sandbox.azuredevops.AzureDevOpsSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data directory of a demo, deleted when it is closed, and the settings of its server. */
final class DemoHouse implements AutoCloseable {

  private static final String ORGANIZATION = "countersign.azure-devops.organizations[0].";

  private final Path directory;

  private DemoHouse(Path directory) {
    this.directory = directory;
  }

  static DemoHouse make() {
    try {
      return new DemoHouse(Files.createTempDirectory("countersign-demo-"));
    } catch (IOException e) {
      throw new CommandFailed("cannot create a directory for temporary files", e);
    }
  }

  DataDirectory data() {
    return new DataDirectory(directory);
  }

  /**
   * Settings of a server that calls this Azure DevOps.
   *
   * @param port 0 for a free one: it has to be known before, because hooks name it
   */
  Map<String, String> options(int port, AzureDevOpsSandbox azureDevOps) {
    int listening = port == 0 ? freePort() : port;
    Path secret = directory.resolve("azure-devops.secret");
    new SecretFile(secret).write(azureDevOps.settings().clientSecret());
    var options = new LinkedHashMap<String, String>();
    options.put("countersign.data", directory.toString());
    options.put("countersign.port", Integer.toString(listening));
    options.put("countersign.bind", "127.0.0.1");
    options.put("spring.config.location", "classpath:/");
    options.put(ORGANIZATION + "id", azureDevOps.control().collectionId().toString());
    options.put(ORGANIZATION + "url", azureDevOps.organizationUrl().toString());
    options.put(ORGANIZATION + "client-id", azureDevOps.settings().clientId());
    options.put(ORGANIZATION + "client-secret-file", secret.toString());
    options.put(ORGANIZATION + "token-url", azureDevOps.tokenUrl().toString());
    options.put(
        "countersign.reconciliation.hook-url",
        "http://127.0.0.1:%d/webhooks/azure-devops".formatted(listening));
    // compared when the story asks, and at once: in this Azure DevOps no hook is on its way for
    // long
    options.put("countersign.reconciliation.every", "0");
    options.put("countersign.reconciliation.settle", "0");
    return options;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CommandFailed("there is no free port on 127.0.0.1", e);
    }
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(directory, new Deleting());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the data directory of the demo", e);
    }
  }

  /** Files first, then the folder they were in. */
  private static final class Deleting extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
