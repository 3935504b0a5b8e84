-- What queries read. A new version of a projection fills tables of its own; these views then move to them.
create view rm.work_item as select * from rm_workitem_v1.work_item;
comment on view rm.work_item is 'Work items, current version.';

create view rm.work_item_state_history as
select work_item, revision, update_id, step, kind, from_state, to_state, source_from, source_to,
       changed_at, changed_by, changed_by_name,
       case when verdict = 'deferred' and (to_state is null or (kind = 'changed' and from_state is null))
            then 'unmapped' else verdict end as verdict,
       rule, reason, entry_index, last_index
from rm_workitem_v1.work_item_state_history;
comment on view rm.work_item_state_history is 'State history, current version. What was deferred for a state that is not mapped reads unmapped.';

create view rm.work_item_delivery as select * from rm_workitem_v1.work_item_delivery;
create view rm.work_item_comment as select * from rm_workitem_v1.work_item_comment;
create view rm.work_item_link as select * from rm_workitem_v1.work_item_link;
create view rm.work_item_field as select * from rm_workitem_v1.work_item_field;
create view rm.work_item_transition_request as select * from rm_workitem_v1.work_item_transition_request;
create view rm.project as select * from rm_project_v1.project;
create view rm.project_state_mapping as select * from rm_project_v1.project_state_mapping;
