package io.countersign.app.access;

import io.countersign.app.data.DataDirectory;
import io.countersign.kernel.access.Role;
import java.util.Optional;
import java.util.Set;

/**
 * Makes sure that somebody can log in and that Azure DevOps can be told a secret: the first start
 * on a database adds the principal {@code operator}.
 */
final class FirstStart {

  private FirstStart() {}

  static void prepare(DataDirectory directory, PrincipalStore store) {
    directory.webhookSecret().readOrCreate();
    if (!store.list().isEmpty()) {
      return;
    }
    Token token = Token.random();
    // the file first: a crash in between leaves a token nobody knows, and the next start replaces
    // it
    directory.operatorToken().write(token.text());
    var operator = new NewPrincipal("operator", Set.of(Role.OPERATOR), Optional.empty());
    store.insert(operator, token, "first-start");
  }
}
