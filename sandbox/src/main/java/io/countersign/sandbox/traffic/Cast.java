package io.countersign.sandbox.traffic;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.SandboxProject;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Who and what the stories are about. An organization of its own for each seed. */
final class Cast {

  private static final List<String> FIRST =
      List.of(
          "Ann", "Ben", "Clara", "Deniz", "Elif", "Femi", "Grace", "Hiro", "Ines", "Jonas", "Kemal",
          "Lena", "Mara", "Nils", "Olga", "Pablo", "Quinn", "Rosa", "Selim", "Tove");

  private static final List<String> LAST =
      List.of(
          "Analyst",
          "Builder",
          "Carver",
          "Draper",
          "Engel",
          "Fisher",
          "Gardener",
          "Harper",
          "Jansen",
          "Keeper",
          "Lang",
          "Miller",
          "Noor",
          "Okafor",
          "Potter",
          "Reeve",
          "Sadik",
          "Tanaka",
          "Usher",
          "Weber");

  private static final List<String> VERBS =
      List.of("Show", "Export", "Speed up", "Encrypt", "Import", "Archive", "Translate", "Retry");

  private static final List<String> NOUNS =
      List.of("invoices", "orders", "reports", "logins", "prices", "baskets", "stock", "mails");

  private static final List<String> PLACES =
      List.of(
          "at checkout", "for auditors", "on phones", "in the back office", "by e-mail", "daily");

  private static final List<String> REMARKS =
      List.of(
          "Which countries does this concern?",
          "Blocked until the contract is signed.",
          "<div>Done in the branch, please have a look.</div>",
          "The numbers differ from last month's.",
          "Agreed with support.");

  private Cast() {}

  static String organization(long seed) {
    return "traffic-" + Long.toUnsignedString(seed, 36);
  }

  /** Three projects; the second keeps to the Scrum process. */
  static SandboxProject project(long seed, int which) {
    return new SandboxProject(
        organization(seed), List.of("Shop", "Billing", "Platform").get(which));
  }

  static SandboxPerson person(SplittableRandom random) {
    String first = FIRST.get(random.nextInt(FIRST.size()));
    String last = LAST.get(random.nextInt(LAST.size()));
    return new SandboxPerson(
        first + " " + last, (first + "." + last).toLowerCase(Locale.ROOT) + "@example.org");
  }

  static String title(SplittableRandom random) {
    return any(VERBS, random) + " " + any(NOUNS, random) + " " + any(PLACES, random);
  }

  static String remark(SplittableRandom random) {
    return any(REMARKS, random);
  }

  static String commit(SplittableRandom random) {
    return "%016x%016x%08x".formatted(random.nextLong(), random.nextLong(), random.nextInt());
  }

  private static String any(List<String> words, SplittableRandom random) {
    return words.get(random.nextInt(words.size()));
  }
}
