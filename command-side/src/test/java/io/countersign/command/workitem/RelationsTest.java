package io.countersign.command.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.workitem.Link;
import io.countersign.kernel.workitem.SourceChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelationsTest {

  private static final OrganizationId ORGANIZATION = new OrganizationId("fabrikam");
  private static final Link PREDECESSOR =
      new Link(
          "System.LinkTypes.Dependency-Reverse",
          "https://dev.azure.com/fabrikam/_apis/wit/workItems/2",
          null);
  private static final Link COMMIT =
      new Link("ArtifactLink", "vstfs:///Git/Commit/p%2fr%2f0123", null);
  private static final List<Link> NONE = List.of();

  private final Relations none = Relations.none(ORGANIZATION);

  private static SourceChange update(@Nullable Integer id) {
    return new SourceChange(id, 7, Instant.EPOCH, null);
  }

  @Test
  void aLinkThatWasMadeAndThenRemovedIsGoneInWhicheverOrderItIsTold() {
    List<Link> link = List.of(PREDECESSOR);
    Relations inOrder =
        none.with(link, NONE, update(4)).with(NONE, link, update(5)).with(NONE, NONE, update(6));
    Relations late = none.with(NONE, link, update(5)).with(link, NONE, update(4));
    assertThat(late).isEqualTo(inOrder);
    assertThat(late.predecessors()).isEmpty();
    assertThat(late.with(link, NONE, update(6)).predecessors()).hasSize(1);
  }

  @Test
  void aLinkThatWasRemovedAndThenMadeAgainHoldsInWhicheverOrderItIsTold() {
    List<Link> link = List.of(PREDECESSOR);
    assertThat(
            none.with(link, NONE, update(3))
                .with(link, NONE, update(6))
                .with(NONE, link, update(5))
                .predecessors())
        .hasSize(1);
  }

  @Test
  void oneUpdateThatRemovesAndMakesALinkLeavesIt() {
    List<Link> link = List.of(PREDECESSOR);
    assertThat(none.with(link, NONE, update(3)).with(link, link, update(4)).predecessors())
        .hasSize(1);
  }

  @Test
  void whatHasNoUpdateIdIsTheNewest() {
    List<Link> link = List.of(COMMIT);
    Relations removed = none.with(link, NONE, update(9)).with(NONE, link, update(null));
    assertThat(removed.artifacts()).isEmpty();
    assertThat(removed.artifactsEver()).containsExactly(COMMIT.target());
  }
}
