package io.countersign.golden;

/** All that the history of the current version tells. */
final class Script {

  private Script() {}

  static void play(GoldenNode node) {
    var told = new Told(node);
    new SettingsScript(told).play();
    new WorkItemScript(told).play();
    new GateScript(told).play();
    new ResourceScript(told).play();
    new OperationScript(told).play();
    new PrivacyScript(told).play();
    new OwnScript(told).play();
  }
}
