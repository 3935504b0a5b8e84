package io.countersign.eventlog.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.catalogue.EventType;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every event in every revision and every shape ever written has a stored JSON here, and reads. A
 * file is written once and never changed: {@code -Dgolden.write=true} makes the missing ones.
 */
class GoldenFilesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  private final Bench bench = new Bench();

  @BeforeEach
  void theKeyTheFilesWereSealedWithIsThere() {
    bench.key(Samples.OWNER, Purpose.CONTENT);
  }

  /** The current revisions. */
  static Collection<EventType> types() {
    return Events.CATALOGUE.types();
  }

  /** Every revision there ever was. */
  static Stream<EventType> allRevisions() {
    return types().stream()
        .flatMap(
            type ->
                IntStream.rangeClosed(1, type.revision())
                    .mapToObj(revision -> new EventType(type.name(), revision)));
  }

  static Stream<EventType> olderRevisions() {
    return allRevisions().filter(type -> !types().contains(type));
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyCataloguedEventHasAStoredFormThatReadsAndIsWrittenTheSame(EventType type)
      throws IOException {
    Class<?> event = Events.CATALOGUE.classOf(type.name()).orElseThrow();
    String sample = CatalogueFile.sample(CatalogueShapesTest.versions(), type);
    byte[] golden = golden(sample, () -> bench.write(Samples.full(event)));
    Object read = read(type, golden);
    assertThat(Opening.all(read, bench.cipher)).isEqualTo(Samples.full(event));
    assertThat(bench.json(read)).isEqualTo(Bench.text(golden));
    assertThat(withoutCiphertext(bench.json(Samples.full(event))))
        .isEqualTo(withoutCiphertext(Bench.text(golden)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatWasStoredBeforeAShapeWasExtendedReadsAndIsWrittenTheSame(EventType type)
      throws IOException {
    for (Path file : files(type)) {
      byte[] golden = Files.readAllBytes(file);
      assertThat(bench.json(read(type, golden))).as(file.toString()).isEqualTo(Bench.text(golden));
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("olderRevisions")
  void everyOlderRevisionReadsAsItAlwaysDid(EventType type) throws IOException {
    assertThat(files(type)).as("%s keeps its sample", type).isNotEmpty();
    for (Path file : files(type)) {
      Object read = read(type, Files.readAllBytes(file));
      int now = Events.CATALOGUE.typeOf(read.getClass()).orElseThrow().revision();
      String name = file.getFileName().toString().replace(".json", "-as-" + now + ".json");
      byte[] golden = golden("read/" + name, () -> bench.write(read));
      assertThat(withoutCiphertext(bench.json(read)))
          .isEqualTo(withoutCiphertext(Bench.text(golden)));
    }
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
    List<String> revisions =
        allRevisions().map(type -> type.name() + "-" + type.revision()).toList();
    try (Stream<Path> files = Files.list(GOLDEN).filter(Files::isRegularFile)) {
      assertThat(
              files.map(
                  file -> file.getFileName().toString().replaceFirst("(\\.v\\d+)?\\.json", "")))
          .as("an event was renamed or removed, but logs out there still hold it")
          .isSubsetOf(revisions);
    }
  }

  /** The samples of a revision: one for each shape it had. */
  private static List<Path> files(EventType type) throws IOException {
    String name = type.name() + "-" + type.revision();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().matches(Pattern.quote(name) + "(\\.v\\d+)?\\.json"))
          .sorted()
          .toList();
    }
  }

  private static byte[] golden(String name, Supplier<byte[]> content) throws IOException {
    Path file = GOLDEN.resolve(name);
    if (WRITE && Files.notExists(file)) {
      Files.createDirectories(file.getParent());
      Files.write(file, content.get());
    }
    assertThat(file).as("write it with -Dgolden.write=true").exists();
    return Files.readAllBytes(file);
  }

  private Object read(EventType type, byte[] bytes) {
    return bench.events.deserialize(
        new SimpleSerializedObject<>(
            bytes,
            byte[].class,
            new SimpleSerializedType(type.name(), Integer.toString(type.revision()))));
  }

  private static String withoutCiphertext(String json) {
    return json.replaceAll("\"sealed\":\"[^\"]+\"", "\"sealed\":\"...\"");
  }
}
