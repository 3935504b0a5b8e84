package io.countersign.command.inbox;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Writes the outcomes of attempts, many in one statement, each only under its own fence. */
final class CompletionStore {

  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;

  private final UUID node;

  CompletionStore(JdbcClient jdbc, UUID node) {
    this.jdbc = jdbc;
    this.node = node;
  }

  /**
   * Records outcomes and releases the lanes.
   *
   * @return fences that were still ours; the others changed nothing: their lease had been taken
   *     back
   */
  Set<Long> write(List<Completion> batch) {
    return new HashSet<>(
        jdbc.sql(
                """
                with done as materialized (
                  select * from unnest(:positions::bigint[], :lanes::text[], :fences::bigint[], :attempts::int[], :at::timestamptz[],
                      :statuses::text[], :codes::text[], :details::text[], :aggregates::jsonb[], :retries::bigint[], :excused::int[])
                    as t(position, lane, fence, attempt, at, status, code, detail, aggregates, retry_in, excused)
                ), released as (
                  delete from inbox.lane_lease l using done d where l.lane = d.lane and l.fence = d.fence and l.node = :node
                  returning d.position, d.fence
                ), closed as (
                  delete from inbox.pending p using done d join released r on r.fence = d.fence
                  where p.position = d.position and d.retry_in is null
                ), delayed as (
                  update inbox.pending p
                  set attempts = d.attempt, excused = d.excused, next_attempt_at = now() + d.retry_in * interval '1 millisecond'
                  from done d join released r on r.fence = d.fence
                  where p.position = d.position and d.retry_in is not null
                ), recorded as (
                  insert into inbox.outcome (position, at, attempt, status, code, detail, aggregates)
                  select d.position, d.at, d.attempt, d.status, d.code, d.detail,
                    array(select jsonb_array_elements_text(d.aggregates))
                  from done d join released r on r.fence = d.fence order by d.at
                )
                select fence from released
                """)
            .param("node", node)
            .param("positions", column(batch, one -> one.claim().position()))
            .param("lanes", column(batch, one -> one.claim().lane()))
            .param("fences", column(batch, one -> one.claim().fence()))
            .param("attempts", column(batch, one -> one.claim().attempt()))
            .param("at", column(batch, Completion::at))
            .param("statuses", column(batch, Completion::status))
            .param("codes", column(batch, Completion::code))
            .param("details", column(batch, Completion::detail))
            .param("aggregates", column(batch, one -> JSON.writeValueAsString(one.aggregates())))
            .param("retries", column(batch, CompletionStore::retryMillis))
            .param("excused", column(batch, Completion::excused))
            .query(Long.class)
            .list());
  }

  private static @Nullable Long retryMillis(Completion one) {
    return one.retryIn() == null ? null : one.retryIn().toMillis();
  }

  private static @Nullable String[] column(
      List<Completion> batch, Function<Completion, @Nullable Object> value) {
    var values = new @Nullable String[batch.size()];
    for (int i = 0; i < values.length; i++) {
      Object one = value.apply(batch.get(i));
      // a NUL is the one character PostgreSQL will not store in text
      values[i] = one == null ? null : one.toString().replace("\0", "");
    }
    return values;
  }
}
