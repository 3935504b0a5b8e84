package io.countersign.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: &x 1\nb: *x'          | 1:4 | anchors",
        "'a: &x 1\nb: *x'          | 2:4 | aliases",
        "'a: !!str 1'              | 1:4 | tags",
        "'a: !ruby/object x'       | 1:4 | tags",
        "'a: !!java.net.URL [x]'   | 1:4 | tags",
        "'%YAML 1.1\n---\na: 1'    | 1:1 | directives",
        "'a: 1\n---\nb: 2'         | 2:1 | not YAML",
        "'a: [1'                   | 1:6 | not YAML",
        "''                        | 1:1 | empty"
      })
  void whatMakesOnePlaceMeanAnotherIsRefusedWithItsPlace(String yaml, String place, String words) {
    assertThat(faults(yaml))
        .anySatisfy(
            fault -> {
              assertThat(fault.line() + ":" + fault.column()).isEqualTo(place);
              assertThat(fault.words()).contains(words);
            });
  }

  @Test
  void theSameKeyTwiceIsRefusedAlsoDeepInPlainValues() {
    Element root = YamlFile.read("p.yaml", bytes("a:\n  b: {c: 1, c: 2}\n"));
    root.plain();
    assertThat(thrownAtTheEnd(root).faults())
        .extracting(Fault::toString)
        .containsExactly("p.yaml:2:13: /a/b/c: this key is there twice");
  }

  @Test
  void unknownKeysNamePlaceAndTheKnownOnes() {
    Element root = YamlFile.read("p.yaml", bytes("a: 1\nc: 2\nd: 3\n"));
    root.members("a", "b");
    assertThat(thrownAtTheEnd(root).faults())
        .extracting(Fault::toString)
        .containsExactly(
            "p.yaml:2:4: /c: unknown key; known are a, b",
            "p.yaml:3:4: /d: unknown key; known are a, b");
  }

  @Test
  void aFileAboveOneMebibyteIsRefusedUnread() {
    assertThat(faults("# " + "x".repeat(YamlFile.LARGEST)))
        .extracting(Fault::words)
        .singleElement()
        .asString()
        .contains("1,048,576 are allowed");
  }

  @Test
  void aFileThatIsNotUtf8IsRefused() {
    FaultyFileException refused =
        catchThrowableOfType(
            FaultyFileException.class,
            () -> YamlFile.read("p.yaml", new byte[] {'a', ':', ' ', (byte) 0xff}));
    assertThat(refused.faults().getFirst().words()).isEqualTo("the file is not UTF-8");
  }

  @Test
  void nestingHasAnEnd() {
    assertThat(faults("[".repeat(5_000))).isNotEmpty();
    assertThat(faults("a: " + "[".repeat(60) + "]".repeat(60))).isNotEmpty();
  }

  @Test
  void plainValuesAreTextWholeAndDecimalNumbersAndTruth() {
    Element root =
        YamlFile.read("p.yaml", bytes("{a: 1, b: -2.50, c: true, d: 2026-11-01T09:00:00Z, e: x}"));
    assertThat(root.plain())
        .isEqualTo(Map.of("a", 1L, "b", -2.5, "c", true, "d", "2026-11-01T09:00:00Z", "e", "x"));
    root.end();
  }

  @ParameterizedTest
  @CsvSource({"yes", "0x1F", "1_000", "017", "1:30", ".inf", "~", "1e3", "null"})
  void whatYamlReadsInItsOwnWayMustBeWrittenPlainlyOrQuoted(String scalar) {
    Element root = YamlFile.read("p.yaml", bytes("a: " + scalar));
    Object plain = root.plain();
    boolean asItStands = plain.equals(Map.of("a", scalar));
    assertThat(asItStands || root.faulty()).as(String.valueOf(plain)).isTrue();
  }

  private static List<Fault> faults(String yaml) {
    return catchThrowableOfType(
            FaultyFileException.class, () -> YamlFile.read("p.yaml", bytes(yaml)))
        .faults();
  }

  private static FaultyFileException thrownAtTheEnd(Element root) {
    return catchThrowableOfType(FaultyFileException.class, root::end);
  }

  private static byte[] bytes(String yaml) {
    return yaml.getBytes(StandardCharsets.UTF_8);
  }
}
