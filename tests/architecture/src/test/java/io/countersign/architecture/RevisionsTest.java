package io.countersign.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import io.countersign.architecture.fixtures.catalogue.HalfKnownEvent;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.catalogue.EventType;
import io.countersign.kernel.catalogue.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.junit.jupiter.api.Test;

/**
 * Old revisions are upcast in one place, the serializer of events. Whoever reads stored bytes
 * without it, as auditors' programs must, is known here with the revision it understands.
 */
class RevisionsTest {

  private static final ArchRule NO_OTHER_UPCASTERS =
      noClasses()
          .should()
          .implement(EventUpcaster.class)
          .because(
              "the catalogue's upcasters serve every reader, Axon's only those it is given to");

  /** Events that some program reads as they are stored: up to which revision it can. */
  private static final Map<String, Integer> READ_AS_STORED =
      Map.ofEntries(
          Map.entry("auditlog.KeyIntroduced", 1),
          Map.entry("auditlog.LogRestarted", 1),
          Map.entry("auditlog.CheckpointAnchored", 1),
          Map.entry("auditlog.HeadMapRecorded", 1),
          Map.entry("privacy.PayloadPurged", 1),
          Map.entry("privacy.SubjectErased", 1),
          Map.entry("workitem.Registered", 1),
          Map.entry("workitem.StateChanged", 1),
          Map.entry("workitem.TransitionDecided", 1),
          Map.entry("workitem.TransitionViolated", 1),
          Map.entry("workitem.TransitionRequested", 1),
          Map.entry("workitem.TransitionRefused", 1),
          Map.entry("workitem.TransitionConfirmed", 1));

  /** A name in quotes, but in examples of documentation. */
  private static final Pattern NAMED =
      Pattern.compile("(?<!:)(?<!example = )[\"']([a-z]+\\.[A-Z][A-Za-z]+)[\"']");

  private static final String CATALOGUE = "kernel/catalogue/Events.java";

  private static List<String> offences(
      EventCatalogue catalogue, Stream<SourceTree.File> sources, Map<String, Integer> known) {
    Map<String, Integer> current =
        catalogue.types().stream().collect(toMap(EventType::name, EventType::revision));
    List<String> offences = new ArrayList<>();
    sources.forEach(
        file ->
            NAMED
                .matcher(file.text())
                .results()
                .map(found -> found.group(1))
                .filter(name -> current.getOrDefault(name, 0) > known.getOrDefault(name, 0))
                .distinct()
                .forEach(
                    name ->
                        offences.add(
                            "%s names %s, which is at revision %d: read it through the serializer,"
                                    .formatted(file.name(), name, current.get(name))
                                + " or teach it that revision and say so here")));
    return offences;
  }

  /**
   * The sandbox and the tests check the program of their own checkout, over HTTP; examples of the
   * API's description read nothing.
   */
  private static boolean isOfTheProgram(String path) {
    return path.contains("src/main/")
        && !path.endsWith(CATALOGUE)
        && !path.endsWith("Examples.java")
        && !path.startsWith("sandbox/")
        && !path.startsWith("tests/");
  }

  @Test
  void nothingButTheCatalogueUpcasts() {
    NO_OTHER_UPCASTERS.check(House.PRODUCTION);
  }

  @Test
  void anUpcasterForAxonIsReported() {
    assertThat(House.offences(NO_OTHER_UPCASTERS, House.fixtures("upcasting")))
        .anyMatch(line -> line.contains("AxonUpcaster"));
  }

  @Test
  void whoReadsStoredBytesKnowsTheRevisionsThereAre() {
    assertThat(
            offences(
                Events.CATALOGUE,
                SourceTree.ofTheHouse().matching(RevisionsTest::isOfTheProgram).stream(),
                READ_AS_STORED))
        .isEmpty();
  }

  @Test
  void aReaderOfStoredBytesThatNobodyKnowsIsReported() {
    var reader =
        new SourceTree.File(
            "a/src/main/java/Reader.java",
            "String sql = \"where name = 'half.Known'\"; @Parameter(example = \"half.Known\")");
    EventCatalogue catalogue =
        EventCatalogue.builder()
            .event("half.Known", 2, HalfKnownEvent.Known.class)
            .upcaster("half.Known", 1, stored -> stored)
            .build();
    assertThat(offences(catalogue, Stream.of(reader), Map.of("half.Known", 1)))
        .singleElement()
        .asString()
        .contains("Reader.java names half.Known, which is at revision 2");
    assertThat(offences(catalogue, Stream.of(reader), Map.of("half.Known", 2))).isEmpty();
  }
}
