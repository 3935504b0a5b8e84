package io.countersign.command.escalation;

/**
 * What a kind of cause means, for somebody who is woken by it.
 *
 * @param happened a sentence
 * @param toDo where to begin
 */
record Matter(String happened, String toDo) {

  static Matter of(String kind) {
    return switch (kind) {
      case Detection.VIOLATED ->
          new Matter(
              "A change made in Azure DevOps broke a rule of its project",
              "Look who changed what and why; then accept it, or move the work item back.");
      case Detection.CONFLICT ->
          new Matter(
              "A work item was moved here and in Azure DevOps at the same time",
              "Decide which side holds: countersign sync pending");
      case Detection.WRITE_REFUSED ->
          new Matter(
              "Azure DevOps refused a transition that was decided here",
              "Read its words in the context; the work item stands there as before.");
      case Facts.WRITE_GIVEN_UP ->
          new Matter(
              "A transition decided here could not be written to Azure DevOps and was given up",
              "See why, then try again or drop it: countersign sync pending");
      case Detection.NOT_ENABLED ->
          new Matter(
              "A webhook subscription in Azure DevOps is missing, on probation or disabled",
              "Until it delivers again changes are only seen by reconciling: countersign hooks list");
      case Detection.UNMAPPED ->
          new Matter(
              "A work item has a state in Azure DevOps that means nothing here",
              "Map the state of its type, so that its transitions can be judged.");
      case Facts.INTENTS_FAILED ->
          new Matter(
              "Something that had to be done was given up after all attempts",
              "Try again or drop it: countersign intents list --status failed");
      case Facts.QUARANTINE_GROWTH ->
          new Matter(
              "Many notifications of Azure DevOps were not understood and lie in quarantine",
              "See what they have in common: countersign inbox list --status quarantined");
      case Facts.SUBSCRIPTION_SILENT ->
          new Matter(
              "A webhook subscription has delivered nothing for unusually long",
              "Find out whether it is still enabled, or whether really nothing happened.");
      case Facts.CHANGES_UNTOLD ->
          new Matter(
              "A project changed in Azure DevOps, and no webhook told of it",
              "Look how its subscriptions stand: countersign hooks list");
      case Detection.ANCHOR_FAILING ->
          new Matter(
              "An anchor has not vouched for the audit log for several of its intervals",
              "The log is sealed all the same; see why: countersign audit status");
      case "by-hand" -> new Matter("Somebody asks for help", "Read what he wrote.");
      case Notice.TEST ->
          new Matter("Somebody tries whether messages get here", "Nothing: this is only a test.");
      default -> new Matter("Something needs a human: " + kind, "Read what is known.");
    };
  }
}
