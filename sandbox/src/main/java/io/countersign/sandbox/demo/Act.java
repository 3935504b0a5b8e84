package io.countersign.sandbox.demo;

/** One thing somebody does for a transition. */
sealed interface Act {

  Member who();

  /** A document is attached. */
  record Attach(Member who, String kind) implements Act {}

  /** Somebody vouches for a requirement. */
  record Attest(Member who, String requirement) implements Act {}

  /** A gate is approved. */
  record Approve(Member who, String gate) implements Act {}

  /** Somebody tries to approve a gate, and must not be able to. */
  record ApproveInVain(Member who, String gate) implements Act {}

  /** A pull request is opened in Azure DevOps. */
  record OpenPullRequest(Member who, Member reviewer) implements Act {}

  /** The pull request is approved in Azure DevOps. */
  record Vote(Member who) implements Act {}

  /** A build succeeds in Azure DevOps. */
  record Build(Member who) implements Act {}
}
