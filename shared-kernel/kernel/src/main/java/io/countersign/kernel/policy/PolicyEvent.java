package io.countersign.kernel.policy;

/** Facts about policies. */
public sealed interface PolicyEvent {

  /** Id of the policy. */
  String policy();

  /**
   * A version may be attached to projects from now on. The whole text is kept, so that every
   * decision can be judged again from the log alone.
   *
   * @param policy its id
   * @param version its version
   * @param sha256 of the text's bytes in UTF-8
   * @param yaml the text
   */
  record Published(String policy, String version, String sha256, String yaml)
      implements PolicyEvent {}
}
