package io.countersign.command.azuredevops.client;

/** Scopes of tokens that calls need, as Azure DevOps names them. */
enum Scope {
  WORK("vso.work"),
  WORK_WRITE("vso.work_write"),
  PROJECT("vso.project"),
  /** Service hooks have no scope of their own: those of what their events tell. */
  HOOKS("vso.work, vso.build and vso.code"),
  ANY("of any kind");

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
