package io.countersign.command.azuredevops.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class AzureDevOpsSettingsTest {

  private static AzureDevOpsSettings bound(String... namesAndValues) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put("countersign.azure-devops." + namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("countersign.azure-devops", AzureDevOpsSettings.class);
  }

  private static void isRefused(String why, String... namesAndValues) {
    assertThatThrownBy(() -> bound(namesAndValues)).rootCause().hasMessageContaining(why);
  }

  private static AzureDevOpsSettings.One one(@Nullable String url, String pat) {
    return new AzureDevOpsSettings.One(
        "Fabrikam", url, null, null, null, null, null, null, pat, "7.1", false);
  }

  @Test
  void nothingIsConfiguredUnlessSomebodyDoes() {
    assertThat(bound().organizations()).isEmpty();
  }

  @Test
  void anOrganizationIsWhereItsNameSaysUnlessAnAddressIsGiven() {
    assertThat(one(null, "PAT").address().base()).hasToString("https://dev.azure.com/fabrikam");
    assertThat(one("https://tfs.example.com/tfs/DefaultCollection/", "PAT").address().base())
        .hasToString("https://tfs.example.com/tfs/DefaultCollection");
  }

  @Test
  void aPrincipalIsReadWithWhereItsTokensAreHad() {
    AzureDevOpsSettings.One one =
        bound(
                "organizations[0].id", "2AD38D1E-3eaf-4769-931c-3a2da67bbb01",
                "organizations[0].url", "https://dev.azure.com/fabrikam",
                "organizations[0].tenant", "contoso.example",
                "organizations[0].client-id", "c1",
                "organizations[0].client-secret-file", "/run/secrets/entra")
            .organizations()
            .getFirst();

    assertThat(one.organization().value()).isEqualTo("2ad38d1e-3eaf-4769-931c-3a2da67bbb01");
    assertThat(one.isPrincipal()).isTrue();
    assertThat(one.tokenAddress())
        .hasToString("https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
  }

  @Test
  void whatCannotWorkIsRefusedWithTheOrganizationAndTheReason() {
    isRefused("an organization has an id", "organizations[0].pat-variable", "PAT");
    isRefused("fabrikam needs one credential", "organizations[0].id", "fabrikam");
    isRefused(
        "fabrikam needs one credential",
        "organizations[0].id",
        "fabrikam",
        "organizations[0].pat-variable",
        "PAT",
        "organizations[0].client-id",
        "c1");
    isRefused(
        "fabrikam needs tenant, client-id",
        "organizations[0].id",
        "fabrikam",
        "organizations[0].client-id",
        "c1",
        "organizations[0].tenant",
        "t1");
    isRefused(
        "known by its collection's id",
        "organizations[0].id",
        "2ad38d1e-3eaf-4769-931c-3a2da67bbb01",
        "organizations[0].pat-variable",
        "PAT");
    isRefused(
        "a url without TLS",
        "organizations[0].id",
        "fabrikam",
        "organizations[0].pat-variable",
        "PAT",
        "organizations[0].url",
        "http://tfs.example.com/tfs");
    isRefused(
        "not just a scheme",
        "organizations[0].id",
        "fabrikam",
        "organizations[0].pat-variable",
        "PAT",
        "organizations[0].url",
        "https://user:pass@dev.azure.com/fabrikam");
    isRefused(
        "fabrikam is there twice",
        "organizations[0].id",
        "fabrikam",
        "organizations[0].pat-variable",
        "PAT",
        "organizations[1].id",
        "Fabrikam",
        "organizations[1].pat-variable",
        "PAT");
    isRefused("attempts", "attempts", "0");
  }
}
