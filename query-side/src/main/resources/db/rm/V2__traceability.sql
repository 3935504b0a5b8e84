create view rm.traced_item as select * from rm_traceability_v1.traced_item;
comment on view rm.traced_item is 'Work items by type and state, current version.';

-- Either end may have told a relation. It holds unless the other end took it back later.
create view rm.traced_relation as
select r.relation, r.upper, r.lower
from rm_traceability_v1.item_relation r
where not r.removed
  and not exists (
    select from rm_traceability_v1.item_relation o
    where o.upper = r.upper and o.lower = r.lower and o.relation = r.relation
      and o.removed and o.last_index > r.last_index);
comment on view rm.traced_relation is
  'Relations between work items that hold; one that both ends told is there twice.';

create view rm.traced_artifact as
select work_item, artifact, kind from rm_traceability_v1.item_artifact where not removed;
comment on view rm.traced_artifact is 'Commits, pull requests and builds work items are linked with.';

create view rm.pull_request as select * from rm_resource_v1.pull_request;
create view rm.pull_request_commit as select * from rm_resource_v1.pull_request_commit;
create view rm.build as select * from rm_resource_v1.build;
create view rm.deployment as select * from rm_resource_v1.deployment;
create view rm.release_build as select * from rm_resource_v1.release_build;
