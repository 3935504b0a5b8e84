package io.countersign.benchmarks;

import java.io.IOException;

/** Signals, sent by {@code kill} as an operator would. */
enum Signal {
  KILL,
  STOP,
  CONT;

  /** Sends it; a process that is gone already is no failure. */
  void to(ProcessHandle process) throws IOException {
    new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join();
  }
}
