package io.countersign.command.azuredevops;

import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.FieldValue;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides how the value of a work item field is kept. In clear: numbers, booleans, dates, and the
 * fields of the list below, whose values are words of the process. People become persons. All other
 * text is sealed, tags and unknown fields among it, because nobody vouches for what people write
 * there.
 *
 * @param owner whose key seals text
 * @param identities reads people
 */
record FieldReader(KeyOwner owner, Identities identities) {

  /** A value of a listed field that is longer than this is no word of a process: sealed. */
  private static final int LONGEST_WORD = 256;

  private static final Set<String> IN_CLEAR =
      Set.of(
          "System.State",
          "System.Reason",
          "System.WorkItemType",
          "System.AreaPath",
          "System.IterationPath",
          "System.TeamProject",
          "System.NodeName",
          "System.BoardColumn",
          "System.BoardLane",
          "Microsoft.VSTS.Common.Priority",
          "Microsoft.VSTS.Common.Severity",
          "Microsoft.VSTS.Common.ValueArea",
          "Microsoft.VSTS.Common.Activity",
          "Microsoft.VSTS.Common.Discipline",
          "Microsoft.VSTS.Common.Risk",
          "Microsoft.VSTS.Common.Triage",
          "Microsoft.VSTS.Common.Rating",
          "Microsoft.VSTS.Common.ResolvedReason",
          "Microsoft.VSTS.Common.Resolution",
          "Microsoft.VSTS.CMMI.Blocked",
          "Microsoft.VSTS.CMMI.Committed",
          "Microsoft.VSTS.CMMI.Escalate",
          "Microsoft.VSTS.CMMI.Probability",
          "Microsoft.VSTS.CMMI.RequirementType",
          "Microsoft.VSTS.CMMI.RootCause",
          "Microsoft.VSTS.CMMI.TaskType",
          "Microsoft.VSTS.CMMI.UserAcceptanceTest",
          "Microsoft.VSTS.Build.FoundIn",
          "Microsoft.VSTS.Build.IntegrationBuild",
          "Microsoft.VSTS.TCM.AutomationStatus");

  private static final Pattern BOARD =
      Pattern.compile("WEF_[0-9A-Fa-f]{32}_Kanban\\.(Column|Lane|Column\\.Done)");

  private static final Set<String> PEOPLE =
      Set.of(
          "System.AssignedTo",
          "System.CreatedBy",
          "System.ChangedBy",
          "System.AuthorizedAs",
          "Microsoft.VSTS.Common.ActivatedBy",
          "Microsoft.VSTS.Common.ResolvedBy",
          "Microsoft.VSTS.Common.ClosedBy",
          "Microsoft.VSTS.Common.ReviewedBy",
          "Microsoft.VSTS.CMMI.CalledBy",
          "Microsoft.VSTS.CMMI.SubjectMatterExpert1",
          "Microsoft.VSTS.CMMI.SubjectMatterExpert2",
          "Microsoft.VSTS.CMMI.SubjectMatterExpert3",
          "Microsoft.VSTS.CodeReview.AcceptedBy",
          "Microsoft.VSTS.CodeReview.ContextOwner");

  /** Bookkeeping of the source, and what is told elsewhere in the event. */
  private static final Set<String> DROPPED =
      Set.of(
          "System.Id",
          "System.Rev",
          "System.Watermark",
          "System.PersonId",
          "System.AuthorizedAs",
          "System.AuthorizedDate",
          "System.RevisedDate",
          "System.ChangedDate",
          "System.ChangedBy",
          "System.History",
          "System.TeamProject");

  static boolean isDropped(String field) {
    return DROPPED.contains(field);
  }

  @Nullable FieldValue read(String field, Place value) {
    if (value.isAbsent()) {
      return null;
    }
    if (PEOPLE.contains(field) || Identities.isIdentity(value)) {
      Person person = identities.person(value);
      return person == null ? null : new FieldValue.Person(person);
    }
    if (value.node().isNumber() || value.node().isBoolean()) {
      return new FieldValue.Plain(value.textOr(""));
    }
    if (!value.node().isString()) {
      return new FieldValue.Text(sealed(Place.clean(value.node().toString())));
    }
    String text = value.textOr("");
    if (text.isEmpty()) {
      return null;
    }
    if (inClear(field, text)) {
      return new FieldValue.Plain(text);
    }
    if (Identities.isNamed(text)) {
      Person person = identities.person(value);
      return person == null ? null : new FieldValue.Person(person);
    }
    return new FieldValue.Text(sealed(text));
  }

  SealedText sealed(String text) {
    return SealedText.of(owner, Purpose.CONTENT, text);
  }

  private static boolean inClear(String field, String text) {
    return Place.parse(text) != null
        || (text.length() <= LONGEST_WORD
            && (IN_CLEAR.contains(field) || BOARD.matcher(field).matches()));
  }
}
