package io.countersign.eventlog.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.encryption.MapKeyRing;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.kernel.catalogue.EventType;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.KeyOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every event in every revision ever written has a stored JSON here, and reads. A file is written
 * once and never changed: {@code -Dgolden.write=true} makes the missing ones.
 */
class GoldenFilesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path NAMES = GOLDEN.resolve("names.txt");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  private final MapKeyRing keys = new MapKeyRing();
  private final TextCipher cipher = new AesTextCipher(keys, new SecureRandom());
  private final CatalogueSerializer serializer = CatalogueSerializer.of(Events.CATALOGUE, cipher);

  @BeforeEach
  void theKeyTheFilesWereSealedWithIsThere() {
    keys.keyFor(new KeyOwner("workitem:fabrikam:299"), "content");
  }

  static Stream<EventType> types() {
    return Events.CATALOGUE.types().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyCataloguedEventHasAStoredFormThatReadsAndIsWrittenTheSame(EventType type)
      throws IOException {
    Class<?> event = Events.CATALOGUE.classOf(type.name()).orElseThrow();
    Path file = GOLDEN.resolve(type.name() + "-" + type.revision() + ".json");
    if (WRITE && Files.notExists(file)) {
      Files.write(file, serializer.serialize(Samples.full(event), byte[].class).getData());
    }
    assertThat(file).as("write it with -Dgolden.write=true").exists();
    byte[] golden = Files.readAllBytes(file);
    Object read = serializer.deserialize(stored(type, golden));
    assertThat(Opening.all(read, cipher)).isEqualTo(Samples.full(event));
    assertThat(serializer.serialize(read, byte[].class).getData()).isEqualTo(golden);
    assertThat(new String(golden, StandardCharsets.UTF_8)).doesNotContain("Zo\u00eb", "@class");
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyCataloguedEventReadsWithOnlyWhatItMustHold(EventType type) {
    Object sparse = Samples.sparse(Events.CATALOGUE.classOf(type.name()).orElseThrow());
    byte[] bytes = serializer.serialize(sparse, byte[].class).getData();
    Object read = serializer.deserialize(stored(type, bytes));
    assertThat(Opening.all(read, cipher)).isEqualTo(sparse);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("null");
  }

  @org.junit.jupiter.api.Test
  void namesAndRevisionsAreTheCheckedInOnesAndEveryFileBelongsToOne() throws IOException {
    List<String> names = types().map(type -> type.name() + " " + type.revision()).toList();
    if (WRITE) {
      Files.write(NAMES, names);
    }
    assertThat(names)
        .as("a name that is gone or changed breaks logs out there; new ones go to names.txt")
        .isEqualTo(Files.readAllLines(NAMES));
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json")))
          .allSatisfy(
              file -> {
                String name = file.getFileName().toString().replaceAll("-[0-9]+\\.json$", "");
                assertThat(Events.CATALOGUE.classOf(name)).as(name).isPresent();
              });
    }
  }

  private static SerializedObject<byte[]> stored(EventType type, byte[] bytes) {
    return new SimpleSerializedObject<>(
        bytes,
        byte[].class,
        new SimpleSerializedType(type.name(), Integer.toString(type.revision())));
  }
}
