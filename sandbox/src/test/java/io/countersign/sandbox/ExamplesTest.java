package io.countersign.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The deliveries that the README sends with curl are what {@link WorkItemLife} makes. */
class ExamplesTest {

  private static final Instant AT = Instant.parse("2026-11-20T09:00:00.120Z");
  private static final SandboxPerson ANN = new SandboxPerson("Ann Example", "ann@example.org");
  private static final SandboxPerson BEN = new SandboxPerson("Ben Example", "ben@example.org");

  private final WorkItemLife life =
      new WorkItemLife(
          new Subscriptions(new SandboxProject("example", "Shop")), 4711, "User Story");

  @Test
  void examplesOfTheDocumentationAreWhatTheSandboxSends() throws Exception {
    Notification created = life.created(AT, ANN, "Pay by invoice", "New");
    Notification updated = life.movedTo(AT.plusSeconds(3_600), BEN, "Active");

    assertSame("workitem.created.json", created);
    assertSame("workitem.updated.json", updated);
  }

  /** With {@code -Dexamples=write} the files are written first. */
  private static void assertSame(String name, Notification notification) throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    Path file = root.resolve("docs/examples").resolve(name);
    if ("write".equals(System.getProperty("examples"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, notification.pretty());
    }
    assertThat(Files.readString(file)).isEqualTo(notification.pretty());
  }
}
