package io.countersign.query.traceability;

/** The statements over the views of traceability. */
final class TraceabilitySql {

  /** Deeper breakdowns do not occur; what runs in circles ends here. */
  private static final int DEEPEST = 12;

  /** From rows of {@code root} down to all that belongs to them. */
  private static final String BELOW =
      """
      down (root, item, depth) as (
        select id, id, 0 from root
        union
        select d.root, r.lower, d.depth + 1
        from down d join rm.traced_relation r on r.upper = d.item and r.relation = 'hierarchy'
        where d.depth < %1$d),
      member as (select distinct root, item from down),
      test as (
        select m.root, r.lower as item
        from member m join rm.traced_relation r on r.upper = m.item and r.relation = 'tests'
        union
        select m.root, m.item
        from member m join rm.traced_item i on i.id = m.item
        where i.type = any(:tests)),
      artifact as (
        select distinct m.root, a.kind, a.artifact
        from member m join rm.traced_artifact a on a.work_item = m.item),
      code as (
        select root, split_part(artifact, ':', 3) as hash from artifact where kind = 'commit'
        union
        select a.root, c.commit
        from artifact a join rm.pull_request_commit c on c.pull_request = a.artifact),
      built as (
        select root, artifact as id from artifact where kind = 'build'
        union
        select c.root, b.id from code c join rm.build b on b.commit = c.hash),
      deployed as (
        select distinct b.root, d.release,
          coalesce(d.environment_name, d.environment) as environment, d.status
        from built b join rm.release_build rb on rb.build = b.id
        join rm.deployment d on d.release = rb.release)
      """
          .formatted(DEEPEST);

  /** A page of requirements, each with all that leads to and from it. */
  static final String MATRIX =
      """
      with recursive root as (
        select i.id, i.number, i.type, i.state from rm.traced_item i
        where i.project = :project and not i.deleted and i.type = any(:requirements)
          and i.number > :after
        order by i.number limit :limit),
      up (root, item, depth) as (
        select id, id, 0 from root
        union
        select u.root, r.upper, u.depth + 1
        from up u join rm.traced_relation r on r.lower = u.item and r.relation = 'hierarchy'
        where u.depth < %1$d),
      above as (select root, item, min(depth) as depth from up where depth > 0 group by root, item),
      %2$s
      select p.number, p.id, p.type, p.state,
        (select coalesce(jsonb_agg(jsonb_build_object('id', a.item, 'type', i.type, 'state', i.state)
             order by a.depth, a.item), '[]')::text
         from above a left join rm.traced_item i on i.id = a.item
         where a.root = p.id and a.item <> p.id) as ancestors,
        (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'type', i.type, 'state', i.state)
             order by i.number), '[]')::text
         from member m join rm.traced_item i on i.id = m.item
         where m.root = p.id and not i.deleted and i.type = any(:tasks)) as tasks,
        (select coalesce(jsonb_agg(jsonb_build_object('id', t.item, 'type', i.type, 'state', i.state)
             order by i.number, t.item), '[]')::text
         from test t left join rm.traced_item i on i.id = t.item
         where t.root = p.id and i.deleted is not true) as tests,
        (select coalesce(jsonb_agg(c.hash order by c.hash), '[]')::text
         from code c where c.root = p.id) as commits,
        (select coalesce(jsonb_agg(jsonb_build_object('id', a.artifact, 'status', r.status)
             order by a.artifact), '[]')::text
         from artifact a left join rm.pull_request r on r.id = a.artifact
         where a.root = p.id and a.kind = 'pullrequest') as pull_requests,
        (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'result', r.result)
             order by b.id), '[]')::text
         from built b left join rm.build r on r.id = b.id where b.root = p.id) as builds,
        (select coalesce(jsonb_agg(jsonb_build_object(
             'release', d.release, 'environment', d.environment, 'status', d.status)
             order by d.release, d.environment), '[]')::text
         from deployed d where d.root = p.id) as deployments
      from root p order by p.number
      """
          .formatted(DEEPEST, BELOW);

  /** A page of findings; which of them a requirement has is the same question as in the matrix. */
  static final String FINDINGS =
      """
      with recursive allowed (parent, child) as (
        select * from unnest(cast(:parents as text[]), cast(:children as text[]))),
      wanted (parent, child) as (
        select * from unnest(cast(:uppers as text[]), cast(:lowers as text[]))),
      item as (
        select i.id, i.number, i.type, i.state from rm.traced_item i
        where i.project = :project and not i.deleted and i.state is distinct from 'Removed'
          and i.type = any(:types)),
      edge as (
        select distinct i.id as child, r.upper as parent
        from item i join rm.traced_relation r on r.lower = i.id and r.relation = 'hierarchy'),
      walk (start, item, depth) as (
        select child, parent, 1 from edge
        union
        select w.start, e.parent, w.depth + 1
        from walk w join edge e on e.child = w.item
        where w.depth < %1$d and w.item <> w.start),
      root as (select id, number, type, state from item where type = any(:requirements)),
      %2$s,
      finding (kind, id, number, type, other) as (
        select 'orphan', i.id, i.number, i.type, null::text from item i
        where i.type = any(:dependents) and not exists (select from edge e where e.child = i.id)
        union all
        select 'wrong-parent', i.id, i.number, i.type, e.parent
        from item i join edge e on e.child = i.id
        join rm.traced_item p on p.id = e.parent and not p.deleted
        where p.type = any(:types)
          and not exists (select from allowed x where x.child = i.type and x.parent = p.type)
        union all
        select 'unknown-parent', i.id, i.number, i.type, e.parent
        from item i join edge e on e.child = i.id
        where not exists (select from rm.traced_item p where p.id = e.parent)
        union all
        select 'deleted-parent', i.id, i.number, i.type, e.parent
        from item i join edge e on e.child = i.id
        join rm.traced_item p on p.id = e.parent and p.deleted
        union all
        select 'several-parents', i.id, i.number, i.type, null
        from item i join edge e on e.child = i.id
        group by i.id, i.number, i.type having count(*) > 1
        union all
        select distinct 'cycle', i.id, i.number, i.type, null::text
        from item i join walk w on w.start = i.id and w.item = i.id
        union all
        select 'open-child', i.id, i.number, i.type, c.id
        from item i join edge e on e.parent = i.id join item c on c.id = e.child
        where i.state = 'Done' and c.state is distinct from 'Done'
        union all
        select 'not-broken-down', i.id, i.number, i.type, null
        from item i where exists (select from wanted x where x.parent = i.type)
          and not exists (
            select from edge e join item c on c.id = e.child
            join wanted x on x.child = c.type and x.parent = i.type
            where e.parent = i.id)
        union all
        select 'not-tested', r.id, r.number, r.type, null from root r
        where r.type = any(:tested) and not exists (select from test t where t.root = r.id)
        union all
        select 'no-code', r.id, r.number, r.type, null from root r
        where r.state in ('Testing', 'Staging', 'Production', 'Done')
          and not exists (select from artifact a where a.root = r.id)
        union all
        select 'not-deployed', r.id, r.number, r.type, null from root r
        where r.state = 'Done'
          and not exists (select from deployed d where d.root = r.id and d.status = 'succeeded')),
      placed as (
        select f.*, kind || ':' || lpad(number::text, 10, '0') || ':' || coalesce(other, '') as place
        from finding f)
      select kind, id, type, other, place from placed
      where place > :after and (:kind = '' or kind = :kind)
      order by place limit :limit
      """
          .formatted(DEEPEST, BELOW);

  private TraceabilitySql() {}
}
