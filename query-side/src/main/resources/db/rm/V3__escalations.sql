create view rm.escalation as select * from rm_escalation_v1.escalation;
create view rm.escalation_step as select * from rm_escalation_v1.escalation_step;
