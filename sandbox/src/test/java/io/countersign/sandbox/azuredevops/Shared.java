package io.countersign.sandbox.azuredevops;

import java.nio.file.Path;

/** The material about Azure DevOps that may lie beside a checkout. */
final class Shared {

  private Shared() {}

  static Path folder(String name) {
    Path root = Path.of("").toAbsolutePath().getParent();
    return Path.of(System.getProperty("shared", root.resolveSibling("shared").toString()))
        .resolve("data/azure-devops")
        .resolve(name);
  }
}
