package io.countersign.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.serialization.Serializer;

/**
 * Tokens that notice when the database lost some. Projections do not wait for their commits to be
 * on disk, so a crash of PostgreSQL may take the last rows and their token together. A node that
 * lives on would go on behind its own memory of the token, and the rows would be missing for ever.
 * So before a segment goes on, what is stored has to be as far as what this node stored last; else
 * the claim counts as lost, and the segment is claimed again where its rows end.
 *
 * <p>Looked up only on a connection that is younger than the segment's last look or store: no
 * connection survives a crash.
 */
final class SurvivedTokens extends JdbcTokenStore {

  private final Supplier<Connection> connections;
  private final Serializer serializer;
  private final BiConsumer<String, Integer> claims;
  private final Map<String, Stored> last = new ConcurrentHashMap<>();
  private final Map<Connection, Long> firstSeen = Collections.synchronizedMap(new WeakHashMap<>());

  private record Stored(long position, long at) {}

  /**
   * A token store.
   *
   * @param connections the connection of the transaction this thread is in
   * @param claims is told which segment of which processor is being claimed
   */
  SurvivedTokens(
      Builder builder,
      Supplier<Connection> connections,
      Serializer serializer,
      BiConsumer<String, Integer> claims) {
    super(builder);
    this.connections = connections;
    this.serializer = serializer;
    this.claims = claims;
  }

  @Override
  public TrackingToken fetchToken(String processor, int segment) {
    TrackingToken token = super.fetchToken(processor, segment);
    claims.accept(processor, segment);
    remember(processor, segment, TokenPosition.of(token));
    return token;
  }

  @Override
  public TrackingToken fetchToken(String processor, Segment segment) {
    TrackingToken token = super.fetchToken(processor, segment);
    claims.accept(processor, segment.getSegmentId());
    remember(processor, segment.getSegmentId(), TokenPosition.of(token));
    return token;
  }

  @Override
  public void storeToken(TrackingToken token, String processor, int segment) {
    check(processor, segment);
    super.storeToken(token, processor, segment);
    remember(processor, segment, TokenPosition.of(token));
  }

  @Override
  public void extendClaim(String processor, int segment) {
    check(processor, segment);
    super.extendClaim(processor, segment);
  }

  @Override
  public void releaseClaim(String processor, int segment) {
    last.remove(key(processor, segment));
    super.releaseClaim(processor, segment);
  }

  private void remember(String processor, int segment, long position) {
    last.put(key(processor, segment), new Stored(position, System.nanoTime()));
  }

  private void check(String processor, int segment) {
    Stored mine = last.get(key(processor, segment));
    if (mine == null) {
      return;
    }
    try {
      Connection connection = connections.get();
      Connection physical = connection.unwrap(Connection.class);
      long since = firstSeen.computeIfAbsent(physical, _ -> System.nanoTime());
      if (since - mine.at() < 0) {
        return;
      }
      long there = SegmentPositions.token(connection, serializer, processor, segment);
      if (there < mine.position()) {
        throw new UnableToClaimTokenException(
            "segment %d of %s is stored at %d, this node was at %d: the database lost commits"
                .formatted(segment, processor, there, mine.position()));
      }
      remember(processor, segment, mine.position());
    } catch (SQLException e) {
      throw new RowsRefusedException("query", "token", e.getSQLState());
    }
  }

  private static String key(String processor, int segment) {
    return processor + " " + segment;
  }
}
