package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An error in the service's own words and shape; clients tell errors apart by {@code typeKey}. */
final class ApiError extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final String TRACKING = "Microsoft.TeamFoundation.WorkItemTracking.Server";
  private static final String CORE = "Microsoft.TeamFoundation.Core.WebApi";
  private static final String BOARDS = "Microsoft.Azure.Boards.WebApi.Common";
  private static final String COMMON = "Microsoft.VisualStudio.Services.Common";

  private final int status;
  private final String library;
  private final String typeKey;
  private final int eventId;
  private final transient @Nullable ObjectNode custom;

  private ApiError(int status, String library, String typeKey, int eventId, String message) {
    this(status, library, typeKey, eventId, message, null);
  }

  private ApiError(
      int status,
      String library,
      String typeKey,
      int eventId,
      String message,
      @Nullable ObjectNode custom) {
    super(message, null, false, false);
    this.status = status;
    this.library = library;
    this.typeKey = typeKey;
    this.eventId = eventId;
    this.custom = custom;
  }

  /** Missing, deleted, or not permitted: the service does not tell which. */
  static ApiError noWorkItem(int id) {
    return new ApiError(
        404,
        TRACKING,
        "WorkItemUnauthorizedAccessException",
        3200,
        "TF401232: Work item %d does not exist, or you do not have permissions to read it."
            .formatted(id));
  }

  static ApiError noProjectNamed(String name) {
    return new ApiError(
        404,
        CORE,
        "ProjectDoesNotExistWithNameException",
        3000,
        ("TF200016: The following project does not exist: %s. Verify that the name of the project"
                + " is correct and that the project exists on the specified Azure DevOps Server.")
            .formatted(name));
  }

  static ApiError noProject(String id) {
    return new ApiError(
        404,
        CORE,
        "ProjectDoesNotExistException",
        3000,
        ("VS800075: The project with id 'vstfs:///Classification/TeamProject/%s' does not exist, or"
                + " you do not have permission to access it.")
            .formatted(id));
  }

  static ApiError projectExists(String name) {
    return new ApiError(
        400,
        CORE,
        "ProjectAlreadyExistsException",
        3000,
        "TF200019: The following project already exists on the Azure DevOps Server: %s."
            .formatted(name));
  }

  static ApiError testFailed(String path, String expected, String actual) {
    return new ApiError(
        412,
        "Microsoft.VisualStudio.Services.WebApi.Patch",
        "TestPatchOperationFailedException",
        3000,
        "VS403351: Test Operation for path %s failed, value %s was not equal to test value %s."
            .formatted(path, actual, expected));
  }

  static ApiError revisionMismatch(int id) {
    return new ApiError(
        409,
        TRACKING,
        "WorkItemRevisionMismatchException",
        3200,
        ("TF26071: This work item has been changed by someone else since you opened it. You will"
                + " need to refresh it and discard your changes. Work item: %d.")
            .formatted(id));
  }

  static ApiError relationExists() {
    return new ApiError(
        400, BOARDS, "RelationAlreadyExistsException", 3000, "Relation already exists.");
  }

  /** A rule of the work item type forbids a value. */
  static ApiError rule(String field, String flags, String message) {
    ObjectNode error = Wire.object();
    error.put("fieldReferenceName", field);
    error.put("fieldStatusFlags", flags);
    error.put("errorMessage", message);
    error.put("fieldStatusCode", 524_532);
    error.putNull("ruleValidationErrors");
    ObjectNode custom = Wire.object();
    custom.put("FieldReferenceName", field);
    custom.put("FieldStatusFlags", flags);
    custom.put("ErrorMessage", message);
    custom.putArray("RuleValidationErrors").add(error);
    return new ApiError(400, TRACKING, "RuleValidationException", 3200, message, custom);
  }

  static ApiError noField(String name) {
    return new ApiError(
        400,
        TRACKING,
        "WorkItemTrackingFieldDefinitionNotFoundException",
        3200,
        "TF51535: Cannot find field %s.".formatted(name));
  }

  static ApiError noType(String project, String type) {
    return new ApiError(
        404,
        TRACKING,
        "WorkItemTypeNotFoundException",
        3200,
        "VS402323: Work item type %s does not exist in project %s or you do not have permission to access it."
            .formatted(type, project));
  }

  static ApiError badPatch(String message) {
    return new ApiError(
        400,
        "Microsoft.VisualStudio.Services.WebApi.Patch",
        "PatchOperationFailedException",
        3000,
        message);
  }

  static ApiError badArgument(String message) {
    return new ApiError(400, COMMON, "VssPropertyValidationException", 3000, message);
  }

  static ApiError badQuery(String message) {
    return new ApiError(400, TRACKING, "SyntaxException", 3200, message);
  }

  static ApiError contentType(String method, String type) {
    return new ApiError(
        415,
        "Microsoft.VisualStudio.Services.WebApi",
        "VssRequestContentTypeNotSupportedException",
        3000,
        ("The request indicated a Content-Type of \"%s\" for method type \"%s\" which is not"
                + " supported. Valid content types for this method are:"
                + " application/json-patch+json.")
            .formatted(type, method));
  }

  static ApiError noVersion(String method) {
    return new ApiError(
        400,
        "Microsoft.VisualStudio.Services.WebApi",
        "VssVersionNotSpecifiedException",
        3000,
        ("No api-version was supplied for the \"%s\" request. The version must be supplied either"
                + " as part of the Accept header (e.g. \"application/json; api-version=1.0\") or as"
                + " a query parameter (e.g. \"?api-version=1.0\").")
            .formatted(method));
  }

  static ApiError previewOnly(String version) {
    return new ApiError(
        400,
        "Microsoft.VisualStudio.Services.WebApi",
        "VssInvalidPreviewVersionException",
        3000,
        ("The requested version \"%s\" of the resource is under preview. The -preview flag must be"
                + " supplied in the api-version for such requests. For example: \"%s-preview\"")
            .formatted(version, version));
  }

  static ApiError unauthorized(String user) {
    return new ApiError(
        401,
        "Microsoft.TeamFoundation.Framework.Server",
        "UnauthorizedRequestException",
        3000,
        "TF400813: The user '%s' is not authorized to access this resource.".formatted(user));
  }

  static ApiError denied(String message) {
    return new ApiError(403, COMMON, "PermissionDeniedException", 3000, message);
  }

  static ApiError tooManyRequests() {
    return new ApiError(
        429,
        "Microsoft.TeamFoundation.Framework.Server",
        "RequestBlockedException",
        3000,
        "TF400733: The request has been canceled: Request was blocked due to exceeding usage of"
            + " resource 'Concurrency' in namespace 'User'.");
  }

  static ApiError serverError() {
    return new ApiError(
        500, COMMON, "VssServiceException", 3000, "TF400898: An Internal Error Occurred.");
  }

  static ApiError notFound(String typeKey, String message) {
    return new ApiError(404, "Microsoft.VisualStudio.Services.WebApi", typeKey, 3000, message);
  }

  Answer answer() {
    ObjectNode body = Wire.object();
    body.put("$id", "1");
    if (custom != null) {
      body.set("customProperties", custom);
    }
    body.putNull("innerException");
    body.put("message", getMessage());
    body.put("typeName", library + "." + typeKey + ", " + library);
    body.put("typeKey", typeKey);
    body.put("errorCode", 0);
    body.put("eventId", eventId);
    return Answer.json(status, body);
  }
}
