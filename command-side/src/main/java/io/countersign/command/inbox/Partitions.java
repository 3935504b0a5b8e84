package io.countersign.command.inbox;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Daily partitions of {@code inbox.body}: made ahead, dropped at retention. */
final class Partitions {

  private static final String PREFIX = "body_";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

  Partitions(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * Makes a day's partition unless it is there. Attaching takes a lock that neither readers nor
   * writers of the other partitions wait for, unlike {@code create table .. partition of}, which
   * would queue behind a backup and make every receipt queue behind it.
   */
  void ensure(LocalDate day) {
    if (known.contains(day)) {
      return;
    }
    String name = name(day);
    transactions.executeWithoutResult(
        _ -> {
          jdbc.sql("select pg_advisory_xact_lock(hashtextextended('inbox.body', 0))")
              .query((_, _) -> true)
              .list();
          if (!days().contains(day)) {
            jdbc.sql(
                    "create table if not exists inbox." + name + " (like inbox.body including all)")
                .update();
            jdbc.sql(
                    "alter table inbox.body attach partition inbox.%s for values from ('%s') to ('%s')"
                        .formatted(name, day, day.plusDays(1)))
                .update();
          }
        });
    known.add(day);
  }

  /** Days that have a partition, oldest first. */
  List<LocalDate> days() {
    return jdbc.sql(
            """
            select to_date(substr(c.relname, 6), 'YYYYMMDD') as day
            from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'inbox.body'::regclass
            order by 1
            """)
        .query((row, _) -> row.getObject(1, Date.class).toLocalDate())
        .list();
  }

  /**
   * Drops a day's partition. Needs the parent's exclusive lock for a moment: gives up after a
   * second (a long reader holds it), to be tried again later; the content is unreadable by then
   * anyway, its key being destroyed first.
   */
  void drop(LocalDate day) {
    transactions.executeWithoutResult(
        _ -> {
          jdbc.sql("set local lock_timeout = '1s'").update();
          jdbc.sql("drop table if exists inbox." + name(day)).update();
        });
    known.remove(day);
  }

  private static String name(LocalDate day) {
    return PREFIX + day.toString().replace("-", "");
  }
}
