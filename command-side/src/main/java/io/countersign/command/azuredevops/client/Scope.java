package io.countersign.command.azuredevops.client;

/** Scopes of tokens that calls need, as Azure DevOps names them. */
enum Scope {
  WORK("scope vso.work"),
  WORK_WRITE("scope vso.work_write"),
  PROJECT("scope vso.project"),
  BUILD("scope vso.build"),
  /** Service hooks have no scope of their own: those of what their events tell. */
  HOOKS("scopes vso.work, vso.build and vso.code"),
  ANY("any scope");

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
