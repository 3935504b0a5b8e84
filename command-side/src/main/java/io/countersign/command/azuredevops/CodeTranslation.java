package io.countersign.command.azuredevops;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.resource.Commit;
import io.countersign.kernel.resource.Named;
import io.countersign.kernel.resource.RefUpdate;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.ResourceEvent.PullRequestChanged;
import io.countersign.kernel.resource.ResourceEvent.PullRequestCommented;
import io.countersign.kernel.resource.ResourceEvent.Pushed;
import io.countersign.kernel.resource.ResourceId;
import io.countersign.kernel.resource.Review;
import java.util.ArrayList;
import java.util.List;

/** Pull requests and pushes. */
record CodeTranslation(ResourceContext context) {

  ResourceEvent pullRequest() {
    Place request = context.resource();
    ResourceId id = pullRequestId(request);
    return new PullRequestChanged(
        id,
        context.report(),
        request.at("pullRequestId").needPositive(),
        ResourceContext.needNamed(request.at("repository")),
        request.at("status").needText(),
        request.at("isDraft").flag(),
        request.at("sourceRefName").needText(),
        request.at("targetRefName").needText(),
        request.at("lastMergeSourceCommit", "commitId").text(),
        request.at("lastMergeTargetCommit", "commitId").text(),
        request.at("lastMergeCommit", "commitId").text(),
        request.at("mergeStatus").text(),
        context.identities().person(request.at("createdBy")),
        context.identities().person(request.at("closedBy")),
        request.at("creationDate").instant(),
        request.at("closedDate").instant(),
        context.sealed(id, request.at("title")),
        context.sealed(id, request.at("description")),
        reviews(request),
        request.at("commits").items().stream()
            .map(commit -> commit.needObject().at("commitId").needText())
            .toList());
  }

  ResourceEvent comment() {
    Place comment = context.resource().at("comment").needObject();
    ResourceId id = pullRequestId(context.resource().at("pullRequest"));
    return new PullRequestCommented(
        id,
        context.report(),
        comment.at("id").needPositive(),
        comment.at("parentCommentId").integer(),
        context.identities().person(comment.at("author")),
        context.sealed(id, comment.at("content")),
        comment.at("publishedDate").instant(),
        comment.at("isDeleted").flag());
  }

  ResourceEvent push() {
    Place push = context.resource();
    Named repository = ResourceContext.needNamed(push.at("repository"));
    ResourceId id = context.id("push", push.at("repository", "id"), push.at("pushId"));
    return new Pushed(
        id,
        context.report(),
        repository,
        context.identities().person(push.at("pushedBy")),
        push.at("refUpdates").items().stream().map(CodeTranslation::ref).toList(),
        push.at("commits").items().stream().map(commit -> commit(id, commit)).toList());
  }

  private ResourceId pullRequestId(Place request) {
    return context.id("pullrequest", request.at("repository", "id"), request.at("pullRequestId"));
  }

  private List<Review> reviews(Place request) {
    List<Review> reviews = new ArrayList<>();
    for (Place reviewer : request.at("reviewers").items()) {
      Person person = context.identities().person(reviewer);
      if (person != null) {
        Integer vote = reviewer.at("vote").integer();
        reviews.add(
            new Review(
                person,
                vote == null ? 0 : vote,
                reviewer.at("isRequired").flag(),
                reviewer.at("isContainer").flag()));
      }
    }
    return reviews;
  }

  private static RefUpdate ref(Place update) {
    return new RefUpdate(
        update.needObject().at("name").needText(),
        update.at("oldObjectId").needText(),
        update.at("newObjectId").needText());
  }

  private Commit commit(ResourceId push, Place commit) {
    return new Commit(
        commit.needObject().at("commitId").needText(),
        context.identities().gitPerson(commit.at("author")),
        context.identities().gitPerson(commit.at("committer")),
        context.sealed(push, commit.at("comment")));
  }
}
