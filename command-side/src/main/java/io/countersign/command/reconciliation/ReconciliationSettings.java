package io.countersign.command.reconciliation;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Comparing Azure DevOps with the log, on nodes with the role command. Nothing happens while no
 * organization is named in countersign.azure-devops.organizations.
 *
 * @param every how often each project is compared; zero: only when somebody asks
 * @param settle how old a change has to be before it counts as missing: until then its webhook may
 *     be on its way
 * @param firstLookBack how far the first comparison of a project looks back; everything before is
 *     compared when somebody asks for it
 * @param projects names or ids of the projects that are compared; all that the credential sees,
 *     when there are none
 * @param handling for how long a run waits for the inbox to handle what was missing
 * @param hookUrl address under which Azure DevOps reaches this installation's webhook endpoint, for
 *     example {@code https://countersign.example.com/webhooks/azure-devops}, without the path
 *     token; absent: subscriptions are not watched, and cannot be made
 */
@ConfigurationProperties("countersign.reconciliation")
public record ReconciliationSettings(
    @DefaultValue("15m") Duration every,
    @DefaultValue("2m") Duration settle,
    @DefaultValue("7d") Duration firstLookBack,
    @DefaultValue List<String> projects,
    @DefaultValue("60s") Duration handling,
    @Nullable String hookUrl) {

  private static final String NAME = "countersign.reconciliation.";

  /** Checks the values. */
  public ReconciliationSettings {
    projects = List.copyOf(projects);
    if (every.isNegative() || settle.isNegative() || handling.isNegative()) {
      throw new IllegalArgumentException(NAME + "every: this, settle and handling are 0 or more");
    }
    if (!firstLookBack.isPositive()) {
      throw new IllegalArgumentException(NAME + "first-look-back: longer than nothing");
    }
    if (hookUrl != null && !isAddress(hookUrl)) {
      throw new IllegalArgumentException(
          NAME
              + "hook-url: an address with scheme, host and path, such as"
              + " https://countersign.example.com/webhooks/azure-devops");
    }
  }

  private static boolean isAddress(String text) {
    try {
      URI address = URI.create(text);
      return address.getHost() != null
          && address.getUserInfo() == null
          && address.getRawQuery() == null
          && String.valueOf(address.getScheme()).matches("https?");
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
