package io.countersign.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dependencies point one way. The table says which modules of ours a module may know. */
class ModuleDependenciesTest {

  private static final Map<String, Set<String>> MAY_KNOW =
      new TreeMap<>(
          Map.of(
              "kernel", Set.of(),
              "rules", Set.of("kernel"),
              "auditlog", Set.of(),
              "eventlog", Set.of("kernel", "auditlog"),
              "command", Set.of("kernel", "eventlog", "rules"),
              "audit", Set.of("kernel", "eventlog", "auditlog"),
              "query", Set.of("kernel", "eventlog", "auditlog", "rules"),
              "sandbox", Set.of(),
              "app",
                  Set.of(
                      "kernel",
                      "rules",
                      "auditlog",
                      "eventlog",
                      "command",
                      "audit",
                      "query",
                      "sandbox")));

  /** Modules that hold nothing yet. A test below fails as soon as one of them does. */
  private static final Set<String> EMPTY_SO_FAR = Set.of();

  private static final String[] PLAIN_JAVA = {
    "java.io..",
    "java.lang..",
    "java.math..",
    "java.nio..",
    "java.net..",
    "java.security..",
    "java.text..",
    "java.time..",
    "java.util..",
    "org.jspecify.."
  };

  static Stream<String> modules() {
    return MAY_KNOW.keySet().stream();
  }

  static Stream<String> modulesWithALimit() {
    return modules().filter(module -> !strangersOf(module).isEmpty());
  }

  private static List<String> strangersOf(String module) {
    Set<String> known = MAY_KNOW.getOrDefault(module, Set.of());
    return modules().filter(other -> !other.equals(module) && !known.contains(other)).toList();
  }

  private static ArchRule knowsOnlyItsOwn(String root, String module) {
    String[] strangers =
        strangersOf(module).stream().map(s -> root + "." + s + "..").toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(root + "." + module + "..")
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(strangers);
  }

  private static ArchRule leansOnlyOn(String root, String module, String... packages) {
    var allowed = new ArrayList<>(List.of(packages));
    allowed.add(root + "." + module + "..");
    allowed.add("");
    return classes()
        .that()
        .resideInAPackage(root + "." + module + "..")
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new));
  }

  private static ArchRule kernelIsPlain(String root) {
    return leansOnlyOn(root, "kernel", with(PLAIN_JAVA, "com.fasterxml.jackson.annotation.."));
  }

  private static ArchRule auditlogIsPlain(String root) {
    return leansOnlyOn(root, "auditlog", PLAIN_JAVA);
  }

  private static ArchRule rulesArePlain(String root) {
    return leansOnlyOn(
        root, "rules", with(PLAIN_JAVA, root + ".kernel..", "dev.cel..", "org.yaml.snakeyaml.."));
  }

  private static ArchRule sandboxSpeaksHttpOnly(String root) {
    return leansOnlyOn(
        root,
        "sandbox",
        with(
            PLAIN_JAVA,
            "javax.net.ssl..",
            "com.sun.net.httpserver..",
            "tools.jackson..",
            "com.fasterxml.jackson.annotation..",
            "org.HdrHistogram.."));
  }

  private static ArchRule eventlogKnowsNoSpringAndNoReactor(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".eventlog..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "reactor..", "io.r2dbc..");
  }

  private static ArchRule reactiveDriverOnlyForReads(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(root + ".query..", root + ".app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.r2dbc..", "org.springframework.r2dbc..");
  }

  private static String[] with(String[] packages, String... more) {
    return Stream.concat(Stream.of(packages), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void theTableNamesEveryPackageBelowTheRoot() {
    assertThat(
            House.PRODUCTION.stream()
                .map(type -> type.getPackageName().substring(House.ROOT.length() + 1))
                .map(name -> name.split("\\.", 2)[0]))
        .allSatisfy(module -> assertThat(MAY_KNOW).containsKey(module));
  }

  @ParameterizedTest
  @MethodSource("modulesWithALimit")
  void modulesKnowOnlyWhatTheTableAllows(String module) {
    knowsOnlyItsOwn(House.ROOT, module)
        .allowEmptyShould(EMPTY_SO_FAR.contains(module))
        .check(House.PRODUCTION);
  }

  @Test
  void onlyModulesThatAreKnownToBeEmptyAre() {
    assertThat(modules().filter(ModuleDependenciesTest::isEmpty))
        .containsExactlyInAnyOrderElementsOf(EMPTY_SO_FAR);
  }

  private static boolean isEmpty(String module) {
    String root = House.ROOT + "." + module;
    return House.PRODUCTION.stream()
        .filter(type -> (type.getPackageName() + ".").startsWith(root + "."))
        .allMatch(type -> type.getSimpleName().equals("package-info"));
  }

  @ParameterizedTest
  @MethodSource("modulesWithALimit")
  void everyForbiddenDirectionIsReported(String module) {
    String root = House.fixtureRoot("modules");
    List<String> offences =
        House.offences(knowsOnlyItsOwn(root, module), House.fixtures("modules"));
    List<String> strangers = strangersOf(module);
    assertThat(offences).hasSize(strangers.size());
    assertThat(strangers)
        .allSatisfy(
            stranger ->
                assertThat(offences)
                    .anyMatch(line -> line.contains(root + "." + stranger + ".Offender")));
  }

  @Test
  void kernelIsPlainJava() {
    kernelIsPlain(House.ROOT).check(House.PRODUCTION);
  }

  @Test
  void frameworksSqlAndDatabindInTheKernelAreReported() {
    assertThat(House.offences(kernelIsPlain(House.fixtureRoot("plain")), House.fixtures("plain")))
        .anyMatch(line -> line.contains("java.sql.Connection"))
        .anyMatch(line -> line.contains("org.springframework.stereotype.Component"))
        .anyMatch(line -> line.contains("org.axonframework.commandhandling.CommandBus"))
        .anyMatch(line -> line.contains("reactor.core.publisher.Mono"))
        .anyMatch(line -> line.contains("tools.jackson.databind.ObjectMapper"));
  }

  @Test
  void auditlogIsPlainJava() {
    auditlogIsPlain(House.ROOT).check(House.PRODUCTION);
  }

  @Test
  void anythingBesideTheJdkInAuditlogIsReported() {
    assertThat(House.offences(auditlogIsPlain(House.fixtureRoot("plain")), House.fixtures("plain")))
        .anyMatch(line -> line.contains("com.fasterxml.jackson.annotation.JsonValue"))
        .anyMatch(line -> line.contains("java.sql.Connection"));
  }

  @Test
  void rulesArePlainJavaYamlAndCel() {
    rulesArePlain(House.ROOT).check(House.PRODUCTION);
  }

  @Test
  void frameworksAndDatabasesInTheRulesAreReported() {
    assertThat(House.offences(rulesArePlain(House.fixtureRoot("plain")), House.fixtures("plain")))
        .anyMatch(line -> line.contains("java.sql.Connection"))
        .anyMatch(line -> line.contains("org.springframework.stereotype.Component"));
  }

  @Test
  void sandboxIsPlainJavaAndJson() {
    sandboxSpeaksHttpOnly(House.ROOT).check(House.PRODUCTION);
  }

  @Test
  void databasesInTheSandboxAreReported() {
    assertThat(
            House.offences(
                sandboxSpeaksHttpOnly(House.fixtureRoot("plain")), House.fixtures("plain")))
        .anyMatch(line -> line.contains("java.sql.Connection"));
  }

  @Test
  void eventlogIsFreeOfSpringAndReactor() {
    eventlogKnowsNoSpringAndNoReactor(House.ROOT).check(House.PRODUCTION);
  }

  @Test
  void springAndReactorInTheEventlogAreReported() {
    assertThat(
            House.offences(
                eventlogKnowsNoSpringAndNoReactor(House.fixtureRoot("plain")),
                House.fixtures("plain")))
        .anyMatch(line -> line.contains("org.springframework"))
        .anyMatch(line -> line.contains("reactor.core.publisher.Mono"));
  }

  @Test
  void reactiveDriverStaysInReads() {
    reactiveDriverOnlyForReads(House.ROOT).check(House.PRODUCTION);
  }

  @Test
  void reactiveDriverOutsideOfReadsIsReported() {
    assertThat(
            House.offences(
                reactiveDriverOnlyForReads(House.fixtureRoot("plain")), House.fixtures("plain")))
        .anyMatch(line -> line.contains("io.r2dbc.spi.ConnectionFactory"));
  }
}
