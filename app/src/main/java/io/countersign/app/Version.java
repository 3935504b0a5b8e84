package io.countersign.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program. */
public final class Version {

  private Version() {}

  /** For example {@code 0.1.0}. */
  public static String text() {
    try (var in = Version.class.getResourceAsStream("/META-INF/build-info.properties")) {
      var properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("build.version", "development");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
