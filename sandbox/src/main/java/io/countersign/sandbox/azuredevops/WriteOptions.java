package io.countersign.sandbox.azuredevops;

/**
 * How a write is to be taken.
 *
 * @param validateOnly the rules are run, nothing is kept
 * @param bypassRules the rules of the type are not run
 * @param suppressNotifications nobody is told
 */
record WriteOptions(boolean validateOnly, boolean bypassRules, boolean suppressNotifications) {

  static final WriteOptions PLAIN = new WriteOptions(false, false, false);

  static WriteOptions of(Call call) {
    return new WriteOptions(
        call.isSet("validateOnly"), call.isSet("bypassRules"), call.isSet("suppressNotifications"));
  }
}
