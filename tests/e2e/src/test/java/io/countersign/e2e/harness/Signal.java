package io.countersign.e2e.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Signals, sent by {@code kill} as an operator would. */
public enum Signal {
  KILL,
  TERM,
  STOP,
  CONT;

  /** Sends it to all at once; a process that is gone already is no failure. */
  public void to(List<ProcessHandle> processes) throws IOException {
    if (processes.isEmpty()) {
      return;
    }
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
