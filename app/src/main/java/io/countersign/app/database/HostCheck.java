package io.countersign.app.database;

import io.countersign.app.StartRefused;
import java.io.IOException;
import java.util.Locale;

/** Whether PostgreSQL can be started by this user on this machine, found out before trying. */
final class HostCheck {

  private static final String OR_EXTERNAL = ", or use a PostgreSQL of your own with --database-url";

  private HostCheck() {}

  static void check() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (!system.contains("linux") && !system.contains("mac")) {
      throw new StartRefused("the embedded PostgreSQL runs on Linux and macOS only" + OR_EXTERNAL);
    }
    String user = System.getProperty("user.name", "?");
    if (user.equals("?")) {
      throw new StartRefused(
          "the embedded PostgreSQL needs a user with a name, and this user id has no entry in"
              + " /etc/passwd: add one"
              + OR_EXTERNAL);
    }
    if (user.equals("root") && !succeeds("unshare", "-U", "true")) {
      throw new StartRefused(
          "PostgreSQL does not run as root, and there is no way to step down from it here"
              + " (`unshare -U` is missing or forbidden): start countersign as an ordinary user"
              + OR_EXTERNAL);
    }
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
