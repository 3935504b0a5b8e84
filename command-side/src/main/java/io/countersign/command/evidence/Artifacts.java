package io.countersign.command.evidence;

import io.countersign.kernel.project.OrganizationId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code and builds that links of a work item name.
 *
 * @param pullRequests ids of resources
 * @param commits hashes
 * @param builds ids of resources
 * @param foreign whether there is code among them of which nothing is told here
 */
record Artifacts(
    Set<String> pullRequests, Set<String> commits, Set<String> builds, boolean foreign) {

  private static final String SEPARATOR = "(?:%2f|/)";
  private static final Pattern PULL_REQUEST =
      pattern(
          "vstfs:///git/pullrequestid/[^/%]+" + SEPARATOR + "([^/%]+)" + SEPARATOR + "([0-9]+)");
  private static final Pattern COMMIT =
      pattern(
          "vstfs:///git/commit/[^/%]+" + SEPARATOR + "[^/%]+" + SEPARATOR + "([0-9a-f]{40,64})");
  private static final Pattern BUILD = pattern("vstfs:///build/build/([0-9]+)");
  private static final Pattern ELSEWHERE =
      pattern("vstfs:///(?:github|versioncontrol|githubenterprise)/.*");

  static Artifacts of(OrganizationId organization, List<String> targets) {
    Set<String> pullRequests = new TreeSet<>();
    Set<String> commits = new TreeSet<>();
    Set<String> builds = new TreeSet<>();
    boolean foreign = false;
    for (String target : targets) {
      String url = target.toLowerCase(Locale.ROOT);
      Matcher pullRequest = PULL_REQUEST.matcher(url);
      Matcher commit = COMMIT.matcher(url);
      Matcher build = BUILD.matcher(url);
      if (pullRequest.matches()) {
        pullRequests.add(
            "pullrequest:%s:%s/%s"
                .formatted(organization, pullRequest.group(1), pullRequest.group(2)));
      } else if (commit.matches()) {
        commits.add(commit.group(1));
      } else if (build.matches()) {
        builds.add("build:%s:%s".formatted(organization, build.group(1)));
      } else {
        foreign |= ELSEWHERE.matcher(url).matches();
      }
    }
    return new Artifacts(pullRequests, commits, builds, foreign);
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex);
  }
}
