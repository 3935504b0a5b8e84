package io.countersign.eventlog.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.catalogue.EventType;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every event in every revision ever written has a stored JSON here, and reads. A file is written
 * once and never changed: {@code -Dgolden.write=true} makes the missing ones. The first revision 2
 * will fail here until revision 1 is read through its upcaster.
 */
class GoldenFilesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  private final Bench bench = new Bench();

  @BeforeEach
  void theKeyTheFilesWereSealedWithIsThere() {
    bench.key(Samples.OWNER, Purpose.CONTENT);
  }

  /** Every revision there ever was, the latest included. */
  static Stream<EventType> types() {
    return Events.CATALOGUE.types().stream()
        .flatMap(
            type ->
                IntStream.rangeClosed(1, type.revision())
                    .mapToObj(revision -> new EventType(type.name(), revision)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyCataloguedEventHasAStoredFormThatReadsAndIsWrittenTheSame(EventType type)
      throws IOException {
    Class<?> event = Events.CATALOGUE.classOf(type.name()).orElseThrow();
    Path file = GOLDEN.resolve(fileName(type));
    if (WRITE && Files.notExists(file)) {
      Files.write(file, bench.write(Samples.full(event)));
    }
    assertThat(file).as("write it with -Dgolden.write=true").exists();
    byte[] golden = Files.readAllBytes(file);
    Object read = read(type, golden);
    assertThat(Opening.all(read, bench.cipher)).isEqualTo(Samples.full(event));
    assertThat(bench.json(read)).isEqualTo(Bench.text(golden));
    assertThat(withoutCiphertext(bench.json(Samples.full(event))))
        .isEqualTo(withoutCiphertext(Bench.text(golden)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyCataloguedEventReadsWithOnlyWhatItMustHold(EventType type) {
    Object sparse = Samples.sparse(Events.CATALOGUE.classOf(type.name()).orElseThrow());
    byte[] bytes = bench.write(sparse);
    assertThat(Opening.all(read(type, bytes), bench.cipher)).isEqualTo(sparse);
    assertThat(Bench.text(bytes)).doesNotContain(":null");
  }

  @Test
  void everyFileBelongsToARevisionOfACataloguedEvent() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("an event was renamed or removed, but logs out there still hold it")
          .isSubsetOf(types().map(GoldenFilesTest::fileName).toList());
    }
  }

  private Object read(EventType type, byte[] bytes) {
    return bench.events.deserialize(
        new SimpleSerializedObject<>(
            bytes,
            byte[].class,
            new SimpleSerializedType(type.name(), Integer.toString(type.revision()))));
  }

  private static String fileName(EventType type) {
    return type.name() + "-" + type.revision() + ".json";
  }

  private static String withoutCiphertext(String json) {
    return json.replaceAll("\"sealed\":\"[^\"]+\"", "\"sealed\":\"...\"");
  }
}
