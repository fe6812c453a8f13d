package io.nelbo.jobs.lab;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one run of the command line returned and printed. */
public record Outcome(int code, String out, String err) {
  /** Runs the command line in this process. */
  static Outcome of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Lab.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }
}
