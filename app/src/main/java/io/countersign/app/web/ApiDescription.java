package io.countersign.app.web;

import io.countersign.app.Version;
import io.countersign.kernel.access.Open;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.web.method.HandlerMethod;

/** Title, version, servers and security of the OpenAPI document; each operation's permission. */
class ApiDescription implements GlobalOpenApiCustomizer, GlobalOperationCustomizer {

  private static final String SCHEME = "token";

  ApiDescription() {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Principal.class);
  }

  @Override
  public void customise(OpenAPI api) {
    api.info(
            new Info()
                .title("Countersign")
                .version(Version.text())
                .description(
                    "Event-sourced orchestration of DevOps work that can prove what happened."
                        + " Errors are problem details (RFC 9457).")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .servers(List.of(new Server().url("/").description("This server")));
    removeTrailingSlashes(api);
    if (api.getComponents() == null) {
      api.setComponents(new Components());
    }
    api.getComponents()
        .addSecuritySchemes(
            SCHEME,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("A principal's token: `countersign principal add`."));
  }

  /** The same handler with a slash behind it is not another operation. */
  private static void removeTrailingSlashes(OpenAPI api) {
    if (api.getPaths() != null) {
      api.getPaths().keySet().removeIf(path -> path.length() > 1 && path.endsWith("/"));
    }
  }

  @Override
  public Operation customize(Operation operation, HandlerMethod handler) {
    var permission = handler.getMethodAnnotation(RequiresPermission.class);
    if (permission != null) {
      operation.addSecurityItem(new SecurityRequirement().addList(SCHEME));
      operation.addExtension("x-permission", permission.value().name());
      error(operation, "400", "The request is not valid: an unknown parameter, a value, a body.");
      error(operation, "401", "No token, or one that is unknown, expired or revoked.");
      error(operation, "403", "None of the principal's roles has the permission.");
      error(operation, "503", "The database or the log is not available right now; try again.");
    } else if (handler.hasMethodAnnotation(Open.class)) {
      operation.setSecurity(List.of());
    }
    return operation;
  }

  private static void error(Operation operation, String status, String description) {
    if (operation.getResponses() == null) {
      operation.setResponses(new ApiResponses());
    }
    operation
        .getResponses()
        .computeIfAbsent(
            status,
            _ ->
                new ApiResponse()
                    .description(description)
                    .content(
                        new Content().addMediaType("application/problem+json", new MediaType())));
  }
}
