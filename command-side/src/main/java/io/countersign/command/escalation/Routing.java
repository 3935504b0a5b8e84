package io.countersign.command.escalation;

import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.Plan;
import io.countersign.kernel.escalation.Plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who is asked about what, and by when. Pure.
 *
 * @param version as its file says
 * @param sha256 of the file's bytes
 * @param routes of every category
 * @param mail addresses of teams that are told by e-mail
 */
record Routing(
    int version, String sha256, Map<Category, Route> routes, Map<String, List<String>> mail) {

  /** Checks that no category is missing. */
  Routing {
    routes = Map.copyOf(routes);
    mail = Map.copyOf(mail);
    for (Category category : Category.values()) {
      if (!routes.containsKey(category)) {
        throw new IllegalArgumentException("no route for " + category.word());
      }
    }
  }

  /**
   * Of one category.
   *
   * @param teams of levels 1 to 3
   * @param sla how long each has for an answer
   * @param calendar the time that counts
   */
  record Route(List<String> teams, Duration sla, Calendar calendar) {}

  /** The plan of something that is raised now. */
  Plan plan(Category category, Instant start) {
    return plan(category, start, 1, start);
  }

  /** The plan of something that is at a level already and is asked about again at a moment. */
  Plan plan(Category category, Instant raised, int level, Instant again) {
    Route route = route(category);
    List<Step> steps = new ArrayList<>();
    Instant from = again;
    for (int next = 1; next <= Plan.LEVELS; next++) {
      if (next > level) {
        from = route.calendar().after(from, route.sla());
      }
      steps.add(new Step(next, route.teams().get(next - 1), next > level ? from : raised));
    }
    return new Plan(version, sha256, route.sla().toSeconds(), steps);
  }

  /** Where a team reads its mail; nowhere unless the matrix says so. */
  List<String> mailOf(String team) {
    return mail.getOrDefault(team, List.of());
  }

  private Route route(Category category) {
    return Objects.requireNonNull(routes.get(category), "no route for " + category);
  }
}
