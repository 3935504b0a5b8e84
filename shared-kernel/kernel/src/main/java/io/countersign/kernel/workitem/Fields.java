package io.countersign.kernel.workitem;

/** Reference names of the fields that decisions are made on. */
public final class Fields {

  /** The source's state. */
  public static final String STATE = "System.State";

  /** The title. */
  public static final String TITLE = "System.Title";

  /** Who has it. */
  public static final String ASSIGNED_TO = "System.AssignedTo";

  /** Who created it. */
  public static final String CREATED_BY = "System.CreatedBy";

  /** The work item type. */
  public static final String TYPE = "System.WorkItemType";

  private Fields() {}
}
