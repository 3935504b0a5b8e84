package io.countersign.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Every setting stands in {@code docs/reference/configuration.md} with its default. */
class ConfigurationReferenceTest {

  /** How the page's rows begin: name and default. */
  private static List<String> rows(JavaClasses classes) {
    var rows = new ArrayList<String>();
    for (JavaClass type : classes) {
      if (type.isAnnotatedWith(ConfigurationProperties.class)) {
        String prefix = type.getAnnotationOfType(ConfigurationProperties.class).value();
        collect(prefix, type.reflect(), rows);
      }
    }
    return rows;
  }

  private static void collect(String prefix, Class<?> settings, List<String> rows) {
    for (RecordComponent setting : settings.getRecordComponents()) {
      String name = prefix + "." + kebab(setting.getName());
      if (setting.getType().isRecord()) {
        collect(name, setting.getType(), rows);
      } else {
        DefaultValue value = setting.getAccessor().getAnnotation(DefaultValue.class);
        DefaultValue declared = value == null ? onParameter(settings, setting) : value;
        String text = declared == null ? "none" : "`" + String.join(",", declared.value()) + "`";
        rows.add("| `" + name + "` | " + text + " |");
      }
    }
  }

  /** The annotation is for parameters only: it sits on the canonical constructor's. */
  private static DefaultValue onParameter(Class<?> settings, RecordComponent setting) {
    RecordComponent[] components = settings.getRecordComponents();
    for (var constructor : settings.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == components.length) {
        for (int i = 0; i < components.length; i++) {
          if (components[i].getName().equals(setting.getName())) {
            return constructor.getParameters()[i].getAnnotation(DefaultValue.class);
          }
        }
      }
    }
    throw new IllegalStateException("no canonical constructor of " + settings);
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static List<String> missing(List<String> rows, String page) {
    return rows.stream().filter(row -> !page.contains(row)).toList();
  }

  private static String page() throws Exception {
    return Files.readString(SourceTree.root().resolve("docs/reference/configuration.md"));
  }

  @Test
  void everySettingIsExplained() throws Exception {
    assertThat(rows(House.PRODUCTION)).hasSizeGreaterThan(20);
    assertThat(missing(rows(House.PRODUCTION), page())).isEmpty();
  }

  @Test
  void nothingIsExplainedThatIsNoSetting() throws Exception {
    List<String> known = rows(House.PRODUCTION);
    assertThat(page().lines().filter(line -> line.startsWith("| `countersign.")))
        .allSatisfy(line -> assertThat(known).anyMatch(line::startsWith));
  }

  @Test
  void forgottenSettingsAndOtherDefaultsAreFound() {
    List<String> rows = rows(House.fixtures("settings"));
    assertThat(rows)
        .containsExactlyInAnyOrder(
            "| `fixture.batch-size` | `7` |", "| `fixture.deep.url` | none |");
    assertThat(missing(rows, "| `fixture.batch-size` | `8` | x |\n| `fixture.deep.url` | none | y"))
        .containsExactly("| `fixture.batch-size` | `7` |");
  }
}
