package io.countersign.app.serve;

import io.countersign.app.settings.NodeRole;
import io.countersign.app.settings.ServeSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Adds the wiring of each role this node has, and of no other. */
final class RoleSelector implements ImportSelector {

  private final Environment environment;

  RoleSelector(Environment environment) {
    this.environment = environment;
  }

  @Override
  public String[] selectImports(AnnotationMetadata importing) {
    return Binder.get(environment)
        .bindOrCreate("countersign", ServeSettings.class)
        .nodeRoles()
        .stream()
        .map(role -> wiring(role).getName())
        .toArray(String[]::new);
  }

  private static Class<?> wiring(NodeRole role) {
    return switch (role) {
      case COMMAND -> CommandWiring.class;
      case QUERY -> QueryWiring.class;
      case AUDIT -> AuditWiring.class;
      case ALL -> throw new IllegalArgumentException("expand roles first");
    };
  }
}
