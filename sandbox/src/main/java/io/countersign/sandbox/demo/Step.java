package io.countersign.sandbox.demo;

import static io.countersign.sandbox.demo.Member.ANN;
import static io.countersign.sandbox.demo.Member.BEN;
import static io.countersign.sandbox.demo.Member.QUENTIN;
import static io.countersign.sandbox.demo.Member.QUINN;
import static io.countersign.sandbox.demo.Member.RENE;
import static io.countersign.sandbox.demo.Member.RITA;
import static io.countersign.sandbox.demo.Member.SAM;
import static io.countersign.sandbox.demo.Member.STELLA;
import static io.countersign.sandbox.demo.Member.TESS;
import static io.countersign.sandbox.demo.Member.THEO;

import io.countersign.sandbox.demo.Act.Approve;
import io.countersign.sandbox.demo.Act.ApproveInVain;
import io.countersign.sandbox.demo.Act.Attach;
import io.countersign.sandbox.demo.Act.Attest;
import io.countersign.sandbox.demo.Act.Build;
import io.countersign.sandbox.demo.Act.OpenPullRequest;
import io.countersign.sandbox.demo.Act.Vote;
import java.util.List;

/**
 * A transition of the story and what is done for it. What happens in Azure DevOps comes first: an
 * approval is for one revision.
 *
 * @param to canonical state
 * @param acts in order
 */
record Step(String to, List<Act> acts) {

  /** From New to Done, with everything the CMMI policy asks for. */
  static final List<Step> ALL =
      List.of(
          step(
              "Ready",
              new Attach(ANN, "requirement_specification"),
              new Approve(TESS, "team_lead_approval")),
          step(
              "InProgress",
              new Attach(BEN, "technical_design"),
              new Attach(BEN, "test_plan"),
              new Attest(TESS, "resource_availability"),
              new Approve(THEO, "technical_lead_approval")),
          step(
              "CodeReview",
              new OpenPullRequest(BEN, RITA),
              new Build(BEN),
              new Attach(BEN, "code_documentation"),
              new Attach(BEN, "review_checklist"),
              new Approve(BEN, "self_review_complete")),
          step(
              "Testing",
              new Vote(RITA),
              new Attest(RITA, "code_quality_gates"),
              new Attach(RITA, "review_comments"),
              new Attach(RITA, "quality_metrics"),
              new ApproveInVain(BEN, "reviewer_approval"),
              new Approve(RITA, "reviewer_approval"),
              new Approve(SAM, "security_review")),
          step(
              "Staging",
              new Attest(QUINN, "test_completion"),
              new Attest(QUINN, "quality_criteria_met"),
              new Attach(QUINN, "test_results"),
              new Attach(QUINN, "coverage_report"),
              new Approve(QUINN, "qa_approval"),
              new Approve(QUENTIN, "test_report_review")),
          step(
              "Production",
              new Attest(QUINN, "staging_validation"),
              new Attest(RENE, "deployment_readiness"),
              new Attach(RENE, "deployment_plan"),
              new Attach(RENE, "rollback_procedure"),
              new Approve(RENE, "release_manager_approval"),
              new Approve(STELLA, "stakeholder_signoff")),
          step("Done"));

  private static Step step(String to, Act... acts) {
    return new Step(to, List.of(acts));
  }
}
