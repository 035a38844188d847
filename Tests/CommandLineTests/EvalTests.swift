import Foundation
import Testing

@Suite struct EvalTests {
  @Test func aValueIsPrintedAsAnExpressionWouldWriteIt() throws {
    let bindings = #"{"n": 3, "wait": {"t": "duration", "v": "40000000"}}"#
    let outcome = try Tool.run(["eval", "[wait < 15ms * n, wait * 2]", "--bindings", bindings])
    #expect(outcome.status == 0)
    #expect(outcome.output == "[true, 80ms]\n")
  }

  @Test func aMistakeIsShownInTheExpression() throws {
    let outcome = try Tool.run(["eval", "1 + 'a'"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("<expression>:1:1"))
  }

  @Test(arguments: [("1.5us", "1500ns"), ("0.50m", "30s"), ("1.0ns", "1ns"), ("1m0.25s", "60.25s")])
  func aDurationIsAWholeNumberOfNanoseconds(text: String, value: String) throws {
    #expect(try Tool.run(["eval", "string(\(text)) == string(\(value))"]).output == "true\n")
  }

  @Test(arguments: ["1.5ns", "0.0001us", "1s0.5ns", "0.00000000001m"])
  func aPartOfANanosecondIsRefused(text: String) throws {
    let outcome = try Tool.run(["eval", text])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("E0403"), "\(outcome.errors)")
  }

  struct Line: CustomTestStringConvertible, Sendable {
    let question: String
    let answer: String
    var testDescription: String { question }
  }

  @Test(arguments: [
    Line(
      question: #"{"expr": "a + 1", "bindings": {"a": {"t": "int", "v": "41"}}}"#,
      answer: #"{"value":{"t":"int","v":"42"}}"#),
    Line(
      question: #"{"expr": "{2: -0.0, 1: null}"}"#,
      answer: #"{"value":{"t":"map","v":[[{"t":"int","v":"1"},{"t":"null","v":null}],"#
        + #"[{"t":"int","v":"2"},{"t":"double","v":"-0.0"}]]}}"#),
    Line(
      question: #"{"expr": "0.0 / 0.0"}"#, answer: #"{"value":{"t":"double","v":"NaN"}}"#),
    Line(
      question: #"{"expr": "1.5s"}"#, answer: #"{"value":{"t":"duration","v":"1500000000"}}"#),
    Line(
      question: #"{"expr": "[1, 'é', true] == b", "bindings": {"b": [1, "é", true]}}"#,
      answer: #"{"value":{"t":"bool","v":true}}"#),
  ]) func linesAreAnswered(_ line: Line) throws {
    let outcome = try Tool.run(["eval", "--lines"], input: line.question + "\n")
    #expect(outcome.output == line.answer + "\n")
  }

  @Test func everyLineHasOneAnswer() throws {
    let questions = """
      {"expr": "1 / 0"}
      {"expr": "x"}
      not JSON
      {"expr": "'a' + 1", "check": false}
      {"expr": "1", "check": "no"}
      {"expr": "x", "bindings": {"x": {"t": "uint", "v": "1"}}}
      """
    let outcome = try Tool.run(["eval", "--lines"], input: questions + "\n")
    let answers = outcome.output.split(separator: "\n")
    #expect(answers.count == 6)
    #expect(answers.last?.contains("`uint` is left out") ?? false)
    #expect(answers.allSatisfy { $0.contains(#""error""#) && $0.contains(#""column""#) })
  }
}
