package io.countersign.command.azuredevops.client;

import io.countersign.kernel.project.OrganizationId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Calls to Azure DevOps, on nodes with the role command.
 *
 * @param organizations a list: the organizations (or collections of a server) that are called, none
 *     unless some are named here. Each has an {@code id}, the one work item ids have: what webhooks
 *     tell as the collection's id, else the name; and a {@code url}, {@code https://dev.azure.com/}
 *     and the id unless given. A service principal has {@code tenant}, {@code client-id} and {@code
 *     client-secret-file} (or {@code client-secret-variable}, a name in the environment), and may
 *     have a {@code token-url}; a personal access token has {@code pat-file} or {@code
 *     pat-variable}. {@code api-version} (7.1) is for older servers, {@code allow-plain-http} for
 *     those without TLS
 * @param connectTimeout until a connection has to be there
 * @param timeout until the last byte of an answer has to be there; the service itself may delay an
 *     answer for 30 seconds
 * @param maxResponseBytes longer answers are not read
 * @param maxWait for how long a call waits by itself when the service asks for a pause; for longer
 *     ones it is answered at once that it has to wait
 * @param attempts how often something that only reads is asked for
 * @param backoff pause before the second attempt, doubled before each further one
 * @param concurrency calls at once to one organization
 */
@ConfigurationProperties("countersign.azure-devops")
public record AzureDevOpsSettings(
    @DefaultValue List<One> organizations,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("60s") Duration timeout,
    @DefaultValue("16777216") int maxResponseBytes,
    @DefaultValue("30s") Duration maxWait,
    @DefaultValue("4") int attempts,
    @DefaultValue("500ms") Duration backoff,
    @DefaultValue("8") int concurrency) {

  private static final String NAME = "countersign.azure-devops.";
  private static final Pattern COLLECTION_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Checks that organizations are told apart and numbers make sense. */
  public AzureDevOpsSettings {
    organizations = List.copyOf(organizations);
    var ids = new HashSet<OrganizationId>();
    for (One one : organizations) {
      if (!ids.add(one.organization())) {
        throw refused(one.id(), "is there twice");
      }
    }
    if (!connectTimeout.isPositive() || !timeout.isPositive()) {
      throw new IllegalArgumentException(NAME + "timeout: longer than nothing");
    }
    if (maxWait.isNegative() || backoff.isNegative()) {
      throw new IllegalArgumentException(NAME + "max-wait: nothing or longer");
    }
    if (attempts < 1 || concurrency < 1 || maxResponseBytes < 1) {
      throw new IllegalArgumentException(
          NAME + "attempts: this, concurrency and max-response-bytes are at least 1");
    }
  }

  /**
   * One organization.
   *
   * @param id as work item ids have it
   * @param url its address
   * @param tenant of Entra
   * @param clientId of the service principal
   * @param clientSecretFile file with its secret
   * @param clientSecretVariable name of an environment variable with its secret
   * @param tokenUrl where tokens are had
   * @param patFile file with a personal access token
   * @param patVariable name of an environment variable with a personal access token
   * @param apiVersion of the REST API
   * @param allowPlainHttp whether the credential may be sent unencrypted
   */
  public record One(
      @Nullable String id,
      @Nullable String url,
      @Nullable String tenant,
      @Nullable String clientId,
      @Nullable Path clientSecretFile,
      @Nullable String clientSecretVariable,
      @Nullable String tokenUrl,
      @Nullable Path patFile,
      @Nullable String patVariable,
      @DefaultValue("7.1") String apiVersion,
      @DefaultValue("false") boolean allowPlainHttp) {

    /** Checks that it can be reached and has one credential. */
    public One {
      try {
        id = new OrganizationId(id == null ? "" : id).value();
      } catch (IllegalArgumentException _) {
        throw new IllegalArgumentException(
            NAME + "organizations: an organization has an id of letters, digits, dots and dashes");
      }
      if (url == null && COLLECTION_ID.matcher(id).matches()) {
        throw refused(id, "is known by its collection's id: it needs a url with its name");
      }
      if (!apiVersion.matches("[0-9]{1,2}\\.[0-9]")) {
        throw refused(id, "has an api-version that is none, such as 7.1");
      }
      boolean principal =
          tenant != null || clientId != null || hasSecret(clientSecretFile, clientSecretVariable);
      if (principal == hasSecret(patFile, patVariable)) {
        throw refused(id, "needs one credential: a service principal or a personal access token");
      }
      if (principal
          && (clientId == null
              || !hasSecret(clientSecretFile, clientSecretVariable)
              || tenant == null && tokenUrl == null)) {
        throw refused(id, "needs tenant, client-id, and a file or variable with the client secret");
      }
      check(id, url, allowPlainHttp);
      check(id, tokenUrl, allowPlainHttp);
    }

    private static boolean hasSecret(@Nullable Path file, @Nullable String variable) {
      return file != null || variable != null;
    }

    private static void check(String id, @Nullable String url, boolean plain) {
      if (url == null) {
        return;
      }
      URI address;
      try {
        address = URI.create(url);
      } catch (IllegalArgumentException _) {
        throw refused(id, "has a url that is no address");
      }
      String host = address.getHost();
      if (host == null || address.getUserInfo() != null || address.getRawQuery() != null) {
        throw refused(id, "has a url that is not just a scheme, a host and a path");
      }
      boolean open = "http".equalsIgnoreCase(address.getScheme());
      if (!open && !"https".equalsIgnoreCase(address.getScheme())) {
        throw refused(id, "has a url that is not https");
      }
      if (open && !plain && !THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT))) {
        throw refused(id, "has a url without TLS, over which anybody could read the credential");
      }
    }

    OrganizationId organization() {
      return new OrganizationId(String.valueOf(id));
    }

    OrganizationAddress address() {
      String text = url == null ? "https://dev.azure.com/" + id : url;
      return new OrganizationAddress(
          organization(), URI.create(text.replaceAll("/+$", "")), apiVersion);
    }

    boolean isPrincipal() {
      return clientId != null;
    }

    URI tokenAddress() {
      return URI.create(
          tokenUrl == null
              ? "https://login.microsoftonline.com/%s/oauth2/v2.0/token"
                  .formatted(Call.escaped(String.valueOf(tenant)))
              : tokenUrl);
    }
  }

  private static IllegalArgumentException refused(@Nullable String organization, String why) {
    return new IllegalArgumentException(
        NAME + "organizations: the organization %s %s".formatted(organization, why));
  }
}
