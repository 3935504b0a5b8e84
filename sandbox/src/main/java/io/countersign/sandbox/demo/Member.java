package io.countersign.sandbox.demo;

import io.countersign.sandbox.SandboxPerson;
import java.util.List;
import java.util.Locale;

/** Who is in the story. Those with a role are principals of Countersign too. */
enum Member {
  ANN("Ann Analyst", "agent"),
  BEN("Ben Builder", "reviewer"),
  TESS("Tess Lead", "team_lead"),
  THEO("Theo Architect", "technical_lead"),
  RITA("Rita Reviewer", "reviewer"),
  SAM("Sam Security", "security_reviewer"),
  QUINN("Quinn Tester", "qa"),
  QUENTIN("Quentin Tester", "qa"),
  RENE("Rene Release", "release_manager"),
  STELLA("Stella Sponsor", "stakeholder"),
  /** Works in Azure DevOps only, and in a hurry. */
  PRIYA("Priya Patel", "");

  private final SandboxPerson person;
  private final String role;

  Member(String name, String role) {
    this.person = new SandboxPerson(name, word() + "@fabrikam.example");
    this.role = role;
  }

  /** Those who are principals. */
  static List<Member> principals() {
    return List.of(values()).stream().filter(member -> !member.role.isEmpty()).toList();
  }

  SandboxPerson person() {
    return person;
  }

  String role() {
    return role;
  }

  /** Name of the principal. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
