package io.countersign.audit.headmap;

/** Answers as the API description shows them; hashes and signatures shortened. */
final class HeadMapExamples {

  static final String HEAD =
      """
      {"aggregateId":"workitem:fabrikam:299","present":true,"sequence":3,"index":8,
       "map":{"size":9,"root":"jyvgNbq6RBCaDokia3sZYdOS5Wkv2h6o71FFolEO5pY=","aggregates":3},
       "proof":"countersign/head-map-proof@v1\\nsize 9\\naggregates 3\\nhead 1\\nkey Uz7I4fxQSzuCnIr9lttgOItaqikk2nYwvLdVqAwR1NY=\\nsequence 3\\nindex 8\\n...\\n",
       "recorded":{"index":9,"entry":"AQFvHAtu...","payload":"eyJvcmlnaW4i...",
        "inclusion":"c2sp.org/tlog-proof@v1\\nextra AQFvHAtu...\\nindex 9\\n...\\n\\ncountersign/6f1c0b6e-52a1-4a7e-9d55-0f6f2f9c8a11\\n10\\n...\\n\\n\\u2014 countersign/... ...\\n"}}""";

  static final String RECORDED =
      """
      {"recorded":true,"map":{"size":9,"root":"jyvgNbq6RBCaDokia3sZYdOS5Wkv2h6o71FFolEO5pY=","aggregates":3}}""";

  static final String STILL =
      """
      {"recorded":false,"map":{"size":9,"root":"jyvgNbq6RBCaDokia3sZYdOS5Wkv2h6o71FFolEO5pY=","aggregates":3}}""";

  private HeadMapExamples() {}
}
