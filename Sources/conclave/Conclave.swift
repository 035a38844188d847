import ArgumentParser
import Dispatch
import Interpreter

/// The command line: reads files, shows what the interpreter says, and turns verdicts into an exit
/// status.
@main
struct Conclave: AsyncParsableCommand {
  /// The way in: a trap of ours ends with the status of a bug.
  ///
  /// The first thread waits for the commands, which run on others, and takes the signals. An
  /// asynchronous `main` would do so by a call in which valgrind before 3.20 breaks down: nobody
  /// could count the instructions of a run.
  static func main() {
    CrashGuard.install()
    Interruption.admit()
    let isDone = DispatchSemaphore(value: 0)
    Task.detached {
      await main(nil)
      isDone.signal()
    }
    isDone.wait()
  }

  static let configuration = CommandConfiguration(
    commandName: "conclave",
    abstract: "Run scenarios of distributed coordination: topology, faults, assertions, verdicts.",
    discussion: """
      A scenario is a YAML file that says who takes part, how far apart they are, what they run, \
      what goes wrong and what must hold. The same file and seed give the same bytes out.

      EXAMPLES:
        conclave init my-first.yaml          a commented scenario to start from
        conclave run my-first.yaml           run it
        conclave run scenarios --junit r.xml run a folder, for a CI server
        conclave sweep my-first.yaml --seeds 1..1000
                                             look for failures with many seeds
        conclave judge lock.yaml --history log.jsonl
                                             judge a log of a real system
        conclave replay lock.seed-7.capsule.yaml
                                             whether a failure that was kept is still there
        conclave shrink lock.seed-7.capsule.yaml
                                             a smaller scenario that fails in the same way
        conclave blame lock.seed-7.capsule.yaml
                                             which of its parts matter
        conclave freeze lock.yaml --seed 7 -o story.yaml
                                             write out all that was drawn in a run
        conclave check scenarios             look for mistakes without running
        conclave explain E0203               what a diagnostic means

      EXIT STATUS: 0 pass, 1 fail, 2 inconclusive, 3 vacuous, 64 usage, 65 invalid scenario or \
      failed evaluation, 66 file not readable, 70 a bug in the tool. Of several scenarios the \
      worst counts.
      """,
    version: Version.full,
    subcommands: [
      RunCommand.self, SweepCommand.self, ReplayCommand.self, FreezeCommand.self,
      ShrinkCommand.self, BlameCommand.self, JudgeCommand.self, CheckCommand.self,
      TraceCommand.self, ProtocolsCommand.self, ExplainCommand.self,
      EvalCommand.self, SchemaCommand.self, InitCommand.self,
    ])
}
