package io.countersign.command.transition;

/** Examples in the API's description. */
final class GateExamples {

  static final String ITEM = "workitem:fabrikam:4711";
  static final String DONE =
      """
      {"workItem":"workitem:fabrikam:4711","id":"0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10","revision":7,"atLeast":42}
      """;
  static final String REFUSED =
      """
      {"type":"/problems/gate-refused","title":"The gate does not take this","status":409,"code":"role-needed",
       "detail":"gate qa_approval is for a principal with role qa; ann has reviewer"}
      """;
  static final String NEXT =
      """
      {"workItem":"workitem:fabrikam:4711","state":"New","revision":7,"transitions":[
        {"to":"Ready","allowed":false,"policy":"cmmi@2026.11.0","missing":[
          {"kind":"approval","id":"team_lead_approval",
           "words":"needs 1 approval of gate team_lead_approval by a principal with role team_lead"}]},
        {"to":"Removed","allowed":true,"policy":"cmmi@2026.11.0","missing":[]}]}
      """;

  private GateExamples() {}
}
