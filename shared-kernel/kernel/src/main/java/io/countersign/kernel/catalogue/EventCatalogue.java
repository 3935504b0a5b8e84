package io.countersign.kernel.catalogue;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The persisted vocabulary: which logical name and revision stands for which record. The log never
 * sees a Java class name, so classes may move and be renamed; names and revisions may not.
 */
public final class EventCatalogue {

  private final Map<Class<?>, EventType> types;
  private final Map<String, Class<?>> classes;
  private final Set<String> purgeable;
  private final Map<EventType, Upcaster> upcasters;

  private EventCatalogue(
      Map<Class<?>, EventType> types, Set<String> purgeable, Map<EventType, Upcaster> upcasters) {
    this.purgeable = Set.copyOf(purgeable);
    this.upcasters = Map.copyOf(upcasters);
    this.types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    Map<String, Class<?>> byName = new LinkedHashMap<>();
    types.forEach(
        (type, eventType) -> {
          Class<?> other = byName.put(eventType.name(), type);
          if (other != null) {
            throw new IllegalArgumentException(
                eventType.name() + " names both " + other.getName() + " and " + type.getName());
          }
        });
    this.classes = Collections.unmodifiableMap(byName);
    checkThatEveryRevisionIsRead();
  }

  private void checkThatEveryRevisionIsRead() {
    Set<EventType> needed = new HashSet<>();
    for (EventType type : types.values()) {
      for (int revision = 1; revision < type.revision(); revision++) {
        EventType older = new EventType(type.name(), revision);
        needed.add(older);
        if (!upcasters.containsKey(older)) {
          throw new IllegalArgumentException(
              "%s is at revision %d, and nothing reads revision %d: add an upcaster from it"
                  .formatted(type.name(), type.revision(), revision));
        }
      }
    }
    for (EventType from : upcasters.keySet()) {
      if (!needed.contains(from)) {
        throw new IllegalArgumentException(
            "there is an upcaster from %s revision %d, and no newer revision"
                .formatted(from.name(), from.revision()));
      }
    }
  }

  /** Starts a catalogue. */
  public static Builder builder() {
    return new Builder();
  }

  /** The name and current revision of a record class. */
  public Optional<EventType> typeOf(Class<?> event) {
    return Optional.ofNullable(types.get(event));
  }

  /** The record class of a logical name, at its current revision. */
  public Optional<Class<?>> classOf(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  /**
   * Whether the text of such events may be removed from the log: nothing is decided on it, and what
   * is derived from it follows.
   */
  public boolean isPurgeable(String name) {
    return purgeable.contains(name);
  }

  /** What turns a revision into the next one; none for the current one and for unknown names. */
  public Optional<Upcaster> upcasterFrom(EventType type) {
    return Optional.ofNullable(upcasters.get(type));
  }

  /** All types in the order they were added. */
  public Collection<EventType> types() {
    return types.values();
  }

  /** Collects the entries of a catalogue. */
  public static final class Builder {

    private final Map<Class<?>, EventType> types = new LinkedHashMap<>();
    private final Set<String> purgeable = new HashSet<>();
    private final Map<EventType, Upcaster> upcasters = new HashMap<>();

    private Builder() {}

    /** Adds one event at its current revision. */
    public Builder event(String name, int revision, Class<? extends Record> event) {
      if (types.put(event, new EventType(name, revision)) != null) {
        throw new IllegalArgumentException(event.getName() + " is catalogued twice");
      }
      return this;
    }

    /** Adds one whose text may be removed from the log. */
    public Builder purgeable(String name, int revision, Class<? extends Record> event) {
      purgeable.add(name);
      return event(name, revision, event);
    }

    /**
     * Says how an older revision is read.
     *
     * @param revision the older one; the result is of the one after it
     */
    public Builder upcaster(String name, int revision, Upcaster upcaster) {
      if (upcasters.put(new EventType(name, revision), upcaster) != null) {
        throw new IllegalArgumentException(
            "two upcasters read %s revision %d".formatted(name, revision));
      }
      return this;
    }

    /**
     * The finished catalogue.
     *
     * @throws IllegalArgumentException when a revision below a current one has no upcaster: a
     *     program that cannot read what is stored does not start
     */
    public EventCatalogue build() {
      return new EventCatalogue(types, purgeable, upcasters);
    }
  }
}
