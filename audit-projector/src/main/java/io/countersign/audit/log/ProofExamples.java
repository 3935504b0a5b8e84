package io.countersign.audit.log;

/** Answers as the API description shows them. */
final class ProofExamples {

  static final String CHECKPOINT =
      """
      {"origin":"example.com/log","size":3,"root":"+6t1QNaCwhOnmoHgkVgmkzbJ8vK5+vm8DLt1XqoCMD8=","note":"example.com/log\\n3\\n+6t1QNaCwhOnmoHgkVgmkzbJ8vK5+vm8DLt1XqoCMD8=\\n\\n\\u2014 example.com/log x08go...\\n"}""";

  static final String INCLUSION =
      """
      {"index":2,"size":3,"entryHash":"2fb1b27a7d7e147d281c72fa10e867ddb72d1b67a2d570e59d6190b117bf9199","root":"+6t1QNaCwhOnmoHgkVgmkzbJ8vK5+vm8DLt1XqoCMD8=","path":["47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="],"checkpoint":"example.com/log\\n3\\n+6t1QNaCwhOnmoHgkVgmkzbJ8vK5+vm8DLt1XqoCMD8=\\n\\n\\u2014 example.com/log x08go...\\n"}""";

  static final String CONSISTENCY =
      """
      {"from":2,"to":3,"fromRoot":"jyvgNbq6RBCaDokia3sZYdOS5Wkv2h6o71FFolEO5pY=","toRoot":"+6t1QNaCwhOnmoHgkVgmkzbJ8vK5+vm8DLt1XqoCMD8=","path":["47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="]}""";

  static final String FILE =
      """
      c2sp.org/tlog-proof@v1
      extra AQFvHAtu...
      index 2
      47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

      example.com/log
      3
      +6t1QNaCwhOnmoHgkVgmkzbJ8vK5+vm8DLt1XqoCMD8=

      — example.com/log x08go...
      """;

  private ProofExamples() {}
}
