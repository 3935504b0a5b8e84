package io.countersign.eventlog.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.catalogue.EventType;
import io.countersign.kernel.catalogue.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shape of every event in every version of the catalogue is kept, and a change that nobody
 * registered fails. {@code -Dgolden.write=true} registers what may be added; it neither changes a
 * released version nor registers a change that needs a new revision.
 */
class CatalogueShapesTest {

  private static final Path FILES = Path.of("src/test/resources/catalogue");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  record One(String id, @Nullable Integer count) {}

  record Renamed(String key, @Nullable Integer count) {}

  record Extended(String id, @Nullable Integer count, @Nullable String note) {}

  record Stricter(String id, int count) {}

  record Demanding(String id, @Nullable Integer count, String note) {}

  record Looser(@Nullable String id, @Nullable Integer count) {}

  record Reordered(@Nullable Integer count, String id) {}

  static List<Integer> olderVersions() {
    return IntStream.range(1, Events.VERSION).boxed().toList();
  }

  @Test
  void everyShapeIsRegisteredAndNoRegisteredOneChanged() throws IOException {
    CatalogueFile registered = newestRegistered();
    CatalogueFile is = versions().getLast();
    assertThat(is.offencesAgainst(registered)).isEmpty();
    if (WRITE && Events.VERSION > Events.RELEASED) {
      Files.writeString(file(Events.VERSION), is.text());
    }
    assertThat(file(Events.VERSION)).as("register it with -Dgolden.write=true").exists();
    assertThat(is.unregisteredIn(read(Events.VERSION)))
        .as(
            Events.VERSION > Events.RELEASED
                ? "register it with -Dgolden.write=true"
                : "version %d of the catalogue is released: raise Events.VERSION, then register it"
                    .formatted(Events.VERSION))
        .isEmpty();
    assertThat(Files.readString(file(Events.VERSION))).isEqualTo(is.text());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("olderVersions")
  void everyVersionOnlyExtendsTheOneBefore(int version) throws IOException {
    assertThat(versions().get(version).offencesAgainst(versions().get(version - 1))).isEmpty();
  }

  @Test
  void everyMemberOfAStoredSampleIsInItsShape() {
    // so what the serializer writes is what is derived from the classes
    var bench = new Bench();
    for (var type : Events.CATALOGUE.types()) {
      Class<?> event = Events.CATALOGUE.classOf(type.name()).orElseThrow();
      assertThat(ShapeOf.of(event).types().keySet())
          .as(type.name())
          .containsAll(StoredPaths.of(bench.write(Samples.full(event)), ShapeOf.of(event)));
    }
  }

  @Test
  void changesThatStoredEventsWouldNotSurviveSayWhichFieldAndWhatToDo() {
    assertThat(offences(Renamed.class))
        .containsExactly(
            "test.One revision 1: id (text) is gone; what is stored stays as it is, so make it"
                + " revision 2 with an upcaster from 1, or a new event (docs/changing-events.md)",
            "test.One revision 1: key (text) is new and is never absent; what is stored stays as it"
                + " is, so make it revision 2 with an upcaster from 1, or a new event"
                + " (docs/changing-events.md)");
    assertThat(offences(Stricter.class))
        .singleElement()
        .asString()
        .contains("count was int? and is int;");
    assertThat(offences(Demanding.class)).singleElement().asString().contains("note (text) is new");
    assertThat(offences(Reordered.class)).singleElement().asString().contains("another order");
    assertThat(CatalogueFile.of(EventCatalogue.builder().build()).offencesAgainst(one(One.class)))
        .singleElement()
        .asString()
        .contains("not catalogued any more");
  }

  @Test
  void additionsNeedNoRevisionButHaveToBeRegistered() {
    for (Class<? extends Record> added : List.of(Extended.class, Looser.class)) {
      assertThat(offences(added)).as(added.getSimpleName()).isEmpty();
      assertThat(one(added).unregisteredIn(one(One.class)))
          .containsExactly("test.One revision 1 was extended");
    }
    Shape former = new Shape(Map.of("kind", "one of a|b"));
    assertThat(new Shape(Map.of("kind", "one of a|b|c")).whyNoExtensionOf(former)).isEmpty();
    assertThat(new Shape(Map.of("kind", "one of a|c")).whyNoExtensionOf(former)).hasSize(1);
  }

  @Test
  void aNewRevisionKeepsTheShapeOfTheOldOne() {
    CatalogueFile second =
        CatalogueFile.of(
                EventCatalogue.builder()
                    .event("test.One", 2, Renamed.class)
                    .upcaster("test.One", 1, stored -> stored)
                    .build())
            .withOldRevisionsOf(one(One.class));
    assertThat(second.offencesAgainst(one(One.class))).isEmpty();
    assertThat(CatalogueFile.parse(second.text())).isEqualTo(second);
    assertThat(second.text()).contains("test.One 1\n  id: text\n", "test.One 2\n  key: text\n");
  }

  @Test
  void aShapeThatWasExtendedHasASampleOfItsOwn() {
    EventType type = new EventType("test.One", 1);
    CatalogueFile first = one(One.class);
    CatalogueFile second = one(Extended.class);
    CatalogueFile before = CatalogueFile.of(EventCatalogue.builder().build());
    assertThat(CatalogueFile.sample(List.of(first), type)).isEqualTo("test.One-1.json");
    assertThat(CatalogueFile.sample(List.of(before, first, first), type))
        .isEqualTo("test.One-1.json");
    assertThat(CatalogueFile.sample(List.of(first, second, second), type))
        .isEqualTo("test.One-1.v2.json");
  }

  @Test
  void aReleasedVersionIsOneThereIs() {
    assertThat(Events.RELEASED).isBetween(0, Events.VERSION);
    assumeThat(WRITE).isFalse();
    assertThat(file(Events.VERSION)).exists();
    assertThat(file(Events.VERSION + 1)).doesNotExist();
  }

  private static List<String> offences(Class<? extends Record> now) {
    return one(now).offencesAgainst(one(One.class));
  }

  private static CatalogueFile one(Class<? extends Record> event) {
    return CatalogueFile.of(EventCatalogue.builder().event("test.One", 1, event).build());
  }

  /** All versions in order; the last one as it is now, registered or not. */
  static List<CatalogueFile> versions() throws IOException {
    List<CatalogueFile> versions = new ArrayList<>();
    for (int version = 1; version < Events.VERSION; version++) {
      versions.add(read(version));
    }
    versions.add(CatalogueFile.of(Events.CATALOGUE).withOldRevisionsOf(newestRegistered()));
    return versions;
  }

  private static CatalogueFile newestRegistered() throws IOException {
    return read(Files.exists(file(Events.VERSION)) ? Events.VERSION : Events.VERSION - 1);
  }

  private static CatalogueFile read(int version) throws IOException {
    return CatalogueFile.parse(
        version == 0 || Files.notExists(file(version)) ? "" : Files.readString(file(version)));
  }

  private static Path file(int version) {
    return FILES.resolve("v" + version + ".txt");
  }
}
