package io.countersign.command.azuredevops;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.resource.ApprovalStep;
import io.countersign.kernel.resource.Named;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.ResourceEvent.ApprovalChanged;
import io.countersign.kernel.resource.ResourceEvent.BuildCompleted;
import io.countersign.kernel.resource.ResourceEvent.JobChanged;
import io.countersign.kernel.resource.ResourceEvent.RunChanged;
import io.countersign.kernel.resource.ResourceEvent.StageChanged;
import io.countersign.kernel.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds, pipeline runs with their stages and jobs, and the approvals runs wait for. */
record PipelineTranslation(ResourceContext context) {

  /** Both shapes: 1.0 says the result as status and who asked in a list of requests. */
  ResourceEvent build() {
    Place build = context.resource();
    Place firstRequest =
        build.at("requests").items().stream().findFirst().orElse(build.at("requests"));
    Person requestedFor = context.identities().person(build.at("requestedFor"));
    String version = build.at("sourceVersion").text();
    String[] old = build.at("sourceGetVersion").textOr("").split(":", -1);
    return new BuildCompleted(
        context.id("build", build.at("id")),
        context.report(),
        build.at("buildNumber").needText(),
        build.at("status").needText(),
        build.at("result").text(),
        build.at("reason").text(),
        ResourceContext.needNamed(build.at("definition")),
        ResourceContext.named(build.at("repository")),
        build.at("sourceBranch").isAbsent() && old.length == 3
            ? old[1]
            : build.at("sourceBranch").text(),
        version == null && old.length == 3 ? old[2] : version,
        requestedFor == null
            ? context.identities().person(firstRequest.at("requestedFor"))
            : requestedFor,
        context.identities().person(build.at("requestedBy")),
        build.at("queueTime").instant(),
        build.at("startTime").instant(),
        build.at("finishTime").instant());
  }

  ResourceEvent run() {
    Place run = context.resource().at("run").needObject();
    return new RunChanged(
        runId(run),
        context.report(),
        pipeline(),
        run.at("name").text(),
        run.at("state").needText(),
        run.at("result").text(),
        run.at("createdDate").instant(),
        run.at("finishedDate").instant());
  }

  ResourceEvent stage() {
    Place stage = context.resource().at("stage").needObject();
    return new StageChanged(
        runId(context.resource().at("run")),
        context.report(),
        pipeline(),
        stage.at("name").needText(),
        stage.at("state").needText(),
        stage.at("result").text(),
        stage.at("startTime").instant(),
        stage.at("finishTime").instant());
  }

  ResourceEvent job() {
    Place job = context.resource().at("job").needObject();
    return new JobChanged(
        runId(context.resource().at("run")),
        context.report(),
        pipeline(),
        context.resource().at("stage").at("name").text(),
        job.at("name").needText(),
        job.at("state").needText(),
        job.at("result").text(),
        job.at("startTime").instant(),
        job.at("finishTime").instant());
  }

  ResourceEvent approval() {
    Place resource = context.resource();
    Place approval = resource.at("approval").needObject();
    ResourceId id =
        resource.at("run").at("id").isAbsent()
            ? context.id("approval", approval.at("id"))
            : runId(resource.at("run"));
    return new ApprovalChanged(
        id,
        context.report(),
        approval.at("id").needText(),
        approval.at("status").needText(),
        null,
        guarded(resource),
        false,
        approval.at("minRequiredApprovers").integer(),
        approval.at("steps").items().stream().map(step -> step(id, step)).toList(),
        blocked(approval));
  }

  private static @Nullable Named guarded(Place resource) {
    Named environment = ResourceContext.named(resource.at("resource"));
    if (environment != null) {
      return environment;
    }
    String stage = resource.at("stageName").text();
    if (stage == null) {
      stage = resource.at("stage").at("name").text();
    }
    return stage == null ? null : new Named(stage, stage);
  }

  private ApprovalStep step(ResourceId owner, Place step) {
    Place at =
        step.at("lastModifiedOn").isAbsent() ? step.at("initiatedOn") : step.at("lastModifiedOn");
    return new ApprovalStep(
        context.identities().person(step.needObject().at("assignedApprover")),
        context.identities().person(step.at("actualApprover")),
        step.at("status").needText(),
        context.sealed(owner, step.at("comment")),
        at.instant());
  }

  private List<Person> blocked(Place approval) {
    List<Person> blocked = new ArrayList<>();
    for (Place place : approval.at("blockedApprovers").items()) {
      Person person = context.identities().person(place);
      if (person != null) {
        blocked.add(person);
      }
    }
    return blocked;
  }

  private ResourceId runId(Place run) {
    return context.id("run", run.needObject().at("id"));
  }

  private Named pipeline() {
    Place pipeline = context.resource().at("pipeline");
    return ResourceContext.needNamed(
        pipeline.isObject() ? pipeline : context.resource().at("run").at("pipeline"));
  }
}
