package io.countersign.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Signals, sent by {@code kill} as an operator would. */
enum Signal {
  KILL,
  STOP,
  CONT;

  /** Sends it to all at once; a process that is gone already is no failure. */
  void to(ProcessHandle... processes) throws IOException {
    var command = new ArrayList<>(List.of("kill", "-" + name()));
    for (ProcessHandle process : processes) {
      command.add(Long.toString(process.pid()));
    }
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join();
  }
}
