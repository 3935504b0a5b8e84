create view rm.policy_project as select * from rm_policy_v1.policy_project;
create view rm.attached_policy as select * from rm_policy_v1.attached_policy;
create view rm.policy_trace as select * from rm_policy_v1.policy_trace;
comment on view rm.policy_trace is 'Hierarchies of published policies, current version.';
