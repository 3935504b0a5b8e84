package io.countersign.query.resource;

import static io.countersign.query.projection.Column.greatest;
import static io.countersign.query.projection.Column.newest;
import static io.countersign.query.projection.Column.of;
import static io.countersign.query.projection.ColumnType.INTEGER;
import static io.countersign.query.projection.ColumnType.WORD;

import io.countersign.query.projection.Column;
import io.countersign.query.projection.Table;
import java.util.List;

/** The tables of {@code rm_resource_v1}, as its migrations make them. */
final class ResourceTables {

  /** Notifications come in any order: the one told last by the source's clock holds. */
  static final Column TOLD_AT = greatest("told_at");

  static final Column PROJECT = of("project", WORD);
  static final Column STATUS = newest("status", WORD, TOLD_AT);

  static final Column REPOSITORY = of("repository", WORD);
  static final Column PULL_REQUEST_NUMBER = of("number", INTEGER);
  static final Column SOURCE_COMMIT = newest("source_commit", WORD, TOLD_AT);
  static final Column MERGE_COMMIT = newest("merge_commit", WORD, TOLD_AT);
  static final Table PULL_REQUEST =
      new Table(
          "pull_request",
          List.of(of("id", WORD)),
          List.of(
              PROJECT,
              REPOSITORY,
              PULL_REQUEST_NUMBER,
              STATUS,
              SOURCE_COMMIT,
              MERGE_COMMIT,
              TOLD_AT));

  static final Table PULL_REQUEST_COMMIT =
      new Table(
          "pull_request_commit", List.of(of("pull_request", WORD), of("commit", WORD)), List.of());

  static final Column NUMBER = of("number", WORD);
  static final Column RESULT = newest("result", WORD, TOLD_AT);
  static final Column COMMIT = newest("commit", WORD, TOLD_AT);
  static final Table BUILD =
      new Table(
          "build", List.of(of("id", WORD)), List.of(PROJECT, NUMBER, RESULT, COMMIT, TOLD_AT));

  static final Column ENVIRONMENT_NAME = newest("environment_name", WORD, TOLD_AT);
  static final Table DEPLOYMENT =
      new Table(
          "deployment",
          List.of(of("release", WORD), of("environment", WORD)),
          List.of(ENVIRONMENT_NAME, PROJECT, STATUS, TOLD_AT));

  static final Table RELEASE_BUILD =
      new Table("release_build", List.of(of("release", WORD), of("build", WORD)), List.of());

  static final List<Table> ALL =
      List.of(PULL_REQUEST, PULL_REQUEST_COMMIT, BUILD, DEPLOYMENT, RELEASE_BUILD);

  private ResourceTables() {}
}
