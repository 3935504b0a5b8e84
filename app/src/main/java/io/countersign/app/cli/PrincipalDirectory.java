package io.countersign.app.cli;

import io.countersign.app.access.NewPrincipal;
import io.countersign.app.access.PrincipalStore;
import io.countersign.app.database.RunningDatabase;
import io.countersign.app.database.SchemaMigration;
import io.countersign.kernel.access.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The principals of an installation, on its database or behind its API. */
interface PrincipalDirectory extends AutoCloseable {

  /** Adds one; returns its token. */
  String add(NewPrincipal principal);

  /** All, by name. */
  List<Line> list();

  /** Refuses its token from now on. */
  void revoke(String name);

  @Override
  void close();

  /** One principal, in text. */
  record Line(String name, List<String> roles, String state, String expires, String created) {}

  /** On the database itself; closes it in the end. */
  static PrincipalDirectory inDatabase(RunningDatabase database) {
    try {
      SchemaMigration.migrate(database.address(), List.of(PrincipalStore.SCHEMA));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    Clock clock = Clock.systemUTC();
    var store =
        new PrincipalStore(() -> database.address().connect("countersign principal"), clock);
    return new PrincipalDirectory() {
      @Override
      public String add(NewPrincipal principal) {
        return store
            .add(principal, "cli")
            .orElseThrow(
                () ->
                    new CommandFailed(
                        "a principal of this name exists or existed; names are not given twice"));
      }

      @Override
      public List<Line> list() {
        Instant now = clock.instant();
        return store.list().stream()
            .map(
                row ->
                    new Line(
                        row.name(),
                        row.roles().stream().map(Role::word).sorted().toList(),
                        row.stateAt(now),
                        text(row.expiresAt()),
                        text(row.createdAt())))
            .toList();
      }

      @Override
      public void revoke(String name) {
        if (!store.revoke(name)) {
          throw new CommandFailed("there is no principal " + name);
        }
      }

      @Override
      public void close() {
        database.close();
      }
    };
  }

  /** Behind the API; closes the client in the end. */
  static PrincipalDirectory overHttp(ApiClient api) {
    String path = "/api/v1/principals";
    return new PrincipalDirectory() {
      @Override
      public String add(NewPrincipal principal) {
        var body = ApiClient.JSON.createObjectNode();
        body.put("name", principal.name());
        var roles = body.putArray("roles");
        principal.roles().forEach(role -> roles.add(role.word()));
        principal.expiresAt().ifPresent(expiry -> body.put("expires", expiry.toString()));
        return api.post(path, body).path("token").asString("");
      }

      @Override
      public List<Line> list() {
        var lines = new ArrayList<Line>();
        for (JsonNode item : api.get(path).path("items")) {
          var roles = new ArrayList<String>();
          item.path("roles").forEach(role -> roles.add(role.asString("")));
          lines.add(
              new Line(
                  item.path("name").asString(""),
                  List.copyOf(roles),
                  item.path("state").asString(""),
                  item.path("expiresAt").asString("never"),
                  item.path("createdAt").asString("")));
        }
        return lines;
      }

      @Override
      public void revoke(String name) {
        api.delete(path + "/" + ApiClient.escaped(name));
      }

      @Override
      public void close() {
        api.close();
      }
    };
  }

  private static String text(@Nullable Instant time) {
    return time == null ? "never" : time.toString();
  }
}
