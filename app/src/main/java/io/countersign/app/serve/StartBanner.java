package io.countersign.app.serve;

import io.countersign.app.Version;
import io.countersign.app.data.DataDirectory;
import io.countersign.app.database.RunningDatabase;
import io.countersign.app.settings.NodeRole;
import io.countersign.app.settings.ServeSettings;
import java.util.ArrayList;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person sees when the server is ready. */
final class StartBanner {

  private StartBanner() {}

  static String text(
      ServeSettings settings, DataDirectory directory, RunningDatabase database, String url) {
    String roles =
        settings.nodeRoles().stream()
            .map(NodeRole::word)
            .sorted()
            .collect(Collectors.joining(", "));
    String token = directory.operatorToken().path().toString();
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("Countersign %s is ready: %s".formatted(Version.text(), url));
    lines.add("  roles     " + roles);
    lines.add("  API       %s/docs".formatted(url));
    lines.add("  database  " + database.place());
    if (directory.operatorToken().read().isPresent()) {
      lines.add("  operator  token in " + token);
    }
    if (settings.nodeRoles().contains(NodeRole.COMMAND)) {
      lines.add("  webhook   %s/webhooks/azure-devops".formatted(url));
      lines.add(
          "            basic auth: user azure-devops, password in "
              + directory.webhookSecret().path());
    }
    boolean held = directory.operatorToken().read().isPresent();
    lines.add(
        "  try       curl -H \"Authorization: Bearer %s\" %s/api/v1/%s"
            .formatted(
                held ? "$(cat " + quoted(token) + ")" : "$TOKEN", url, path(settings.nodeRoles())));
    lines.add("  stop      Ctrl-C");
    lines.add("");
    return String.join("\n", lines);
  }

  private static String path(Set<NodeRole> roles) {
    return roles.contains(NodeRole.QUERY)
        ? "work-items"
        : roles.contains(NodeRole.AUDIT) ? "log/head" : "inbox/deliveries";
  }

  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
