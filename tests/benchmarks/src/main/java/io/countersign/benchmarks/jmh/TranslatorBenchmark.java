package io.countersign.benchmarks.jmh;

import io.countersign.command.azuredevops.Lookups;
import io.countersign.command.azuredevops.Notification;
import io.countersign.command.azuredevops.NotificationParser;
import io.countersign.command.azuredevops.NotificationTranslator;
import io.countersign.command.azuredevops.Translation;
import io.countersign.command.project.ProjectSettings;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.SubjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A notification's body to commands. Takes the body from the translator's own tests. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TranslatorBenchmark {

  private static final String BODY =
      "command-side/src/test/resources/fixtures/workitem.updated.fields.json";
  private static final UUID DELIVERY = new UUID(1, 2);
  private static final Instant RECEIVED = Instant.parse("2026-11-20T10:00:00Z");

  private final byte[] body = body();
  private final NotificationParser parser = new NotificationParser();
  private final NotificationTranslator translator = new NotificationTranslator();
  private final Notification notification = parsed();
  private final Lookups lookups =
      new Lookups(
          identity -> new Person(new SubjectId(DELIVERY), null),
          project -> ProjectSettings.UNKNOWN,
          (owner, text) -> "reference");

  private static byte[] body() {
    try {
      return Files.readAllBytes(Path.of(System.getProperty("countersign.root", "."), BODY));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Notification parsed() {
    return parser.parse(body, RECEIVED) instanceof NotificationParser.Parsed.Read(var valid)
        ? valid
        : fail();
  }

  private static Notification fail() {
    throw new IllegalStateException("the body is not a notification");
  }

  /** Bytes to a notification. */
  @Benchmark
  public NotificationParser.Parsed parse() {
    return parser.parse(body, RECEIVED);
  }

  /** Notification to commands. */
  @Benchmark
  public Translation translate() {
    return translator.translate(notification, DELIVERY, lookups);
  }
}
