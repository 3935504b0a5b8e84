package io.countersign.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.query.projection.QuerySettings;
import io.countersign.query.projection.RunningProjections;
import io.countersign.testkit.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

  @EnableAutoConfiguration
  static class Boot {}

  @Test
  void everyEndpointIsDescribedWithParametersAndExamples() throws Exception {
    DatabaseAddress address = RunningProjections.newDatabase();
    try (HikariDataSource dataSource = TestPostgres.pool(address, 12)) {
      var application =
          new SpringApplication(
              ApiUnderTest.Surroundings.class, ApiUnderTest.Fakes.class, Boot.class);
      application.addInitializers(
          context -> {
            var generic = (GenericApplicationContext) context;
            generic.registerBean(DatabaseAddress.class, () -> address);
            generic.registerBean(
                DataSource.class,
                () -> dataSource,
                definition -> definition.setDestroyMethodName(""));
          });
      try (var context = application.run("--server.port=0", "--spring.main.banner-mode=off")) {
        assertThat(context.getBean(QuerySettings.class).segments()).isEqualTo(4);
        JsonNode api = api(context.getEnvironment().getRequiredProperty("local.server.port"));
        JsonNode list = api.at("/paths/~1api~1v1~1work-items/get");
        assertThat(list.get("parameters").findValuesAsString("name"))
            .containsExactlyInAnyOrder(
                "project",
                "organization",
                "state",
                "type",
                "assignee",
                "incomplete",
                "violated",
                "deleted",
                "sort",
                "limit",
                "after",
                "atLeast",
                "wait");
        assertThat(list.at("/responses/409/content/application~1problem+json").toString())
            .contains("position-not-reached");
        JsonNode one = api.at("/paths/~1api~1v1~1work-items~1{id}/get");
        assertThat(one.get("parameters").findValuesAsString("name"))
            .containsExactlyInAnyOrder("id", "atLeast", "wait");
        assertThat(api.at("/components/schemas/WorkItemDetail/properties").propertyNames())
            .contains("title", "state", "stateHistory", "deliveries");
        assertThat(api.at("/components/schemas/WorkItemView/properties/id/example").asString())
            .isEqualTo("workitem:fabrikam:297");
        for (String path : List.of("sync~1writes", "sync~1conflicts", "hooks~1history")) {
          assertThat(api.at("/paths/~1api~1v1~1" + path + "/get/responses/200").toString())
              .as(path)
              .contains("example", "position");
        }
        for (String path :
            new String[] {
              "projects",
              "projects~1{id}",
              "processors",
              "processors~1{name}",
              "reconciliation-results",
              "reconciliation-results~1{entry}",
              "streams",
              "streams~1{id}"
            }) {
          assertThat(api.at("/paths/~1api~1v1~1" + path + "/get/summary").asString())
              .as(path)
              .isNotEmpty();
        }
      }
    }
  }

  private static JsonNode api(String port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v3/api-docs"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      return JsonMapper.builder().build().readTree(response.body());
    }
  }
}
