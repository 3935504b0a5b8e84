package io.countersign.app.serve;

import io.countersign.app.Version;
import io.countersign.app.data.DataDirectory;
import io.countersign.app.database.RunningDatabase;
import io.countersign.app.settings.NodeRole;
import io.countersign.app.settings.ServeSettings;
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
    return """

        Countersign %s is ready: %s
          URL       %s   (API documentation: %s/docs)
          roles     %s
          database  %s
          tokens    %s (operator)
                    %s (Azure DevOps, basic-auth user azure-devops)
          try       curl -H "Authorization: Bearer $(cat %s)" %s/api/v1/log/head
          stop      Ctrl-C
        """
        .formatted(
            Version.text(),
            url,
            url,
            url,
            roles,
            database.place(),
            directory.operatorToken().path(),
            directory.webhookSecret().path(),
            quoted(directory.operatorToken().path().toString()),
            url);
  }

  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
