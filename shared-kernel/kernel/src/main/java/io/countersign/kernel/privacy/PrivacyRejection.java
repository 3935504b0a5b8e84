package io.countersign.kernel.privacy;

import java.util.UUID;

/** Why a command about a person's data was not done. Values, not exceptions. */
public sealed interface PrivacyRejection {

  /** Stable code of the rejection. */
  String code();

  /** In words. */
  String reason();

  /** There is no such request, or no such hold. */
  record NotKnown(UUID id) implements PrivacyRejection {

    @Override
    public String code() {
      return "not-known";
    }

    @Override
    public String reason() {
      return "nothing with the id " + id + " was recorded here";
    }
  }

  /** Nobody approves what he asked for himself. */
  record OwnRequest() implements PrivacyRejection {

    @Override
    public String code() {
      return "own-request";
    }

    @Override
    public String reason() {
      return "whoever asked for it cannot approve it: two others have to";
    }
  }

  /** Only who asked takes it back. */
  record NotOwnRequest() implements PrivacyRejection {

    @Override
    public String code() {
      return "not-own-request";
    }

    @Override
    public String reason() {
      return "only who asked for an erasure can withdraw it: refuse it instead";
    }
  }

  /** It is past that. */
  record TooLate(String stage) implements PrivacyRejection {

    @Override
    public String code() {
      return "too-late";
    }

    @Override
    public String reason() {
      return "it is " + stage + " already";
    }
  }

  /** One at a time. */
  record Underway(UUID erasure) implements PrivacyRejection {

    @Override
    public String code() {
      return "underway";
    }

    @Override
    public String reason() {
      return "an erasure of this subject was asked for already: " + erasure;
    }
  }

  /** Two have to approve first. */
  record NotApproved() implements PrivacyRejection {

    @Override
    public String code() {
      return "not-approved";
    }

    @Override
    public String reason() {
      return "it is not approved by two";
    }
  }

  /** A legal hold forbids it. */
  record Held(UUID hold) implements PrivacyRejection {

    @Override
    public String code() {
      return "held";
    }

    @Override
    public String reason() {
      return "the legal hold " + hold + " forbids it";
    }
  }
}
