import Diagnostics
import Foundation
import Reports
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct JUnitReportTests {
  @Test func everyEnding() {
    expectGolden(JUnitReport.text(SampleRuns.all), "junit.xml")
  }

  @Test func hostileNames() {
    let text = JUnitReport.text([SampleRuns.hostile])
    expectGolden(text, "junit-hostile.xml")
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !VisibleText.isHidden($0) })
    #expect(JUnitStructure(text).mistakes == [])
  }

  @Test func followsTheSchema() {
    let structure = JUnitStructure(JUnitReport.text(SampleRuns.all))
    #expect(structure.mistakes == [])
    #expect(structure.counts["testsuite"] == 9)
    #expect(structure.counts["testcase"] == 41)
    #expect(structure.counts["failure"] == 18)
    #expect(structure.counts["error"] == 2)
    #expect(structure.counts["skipped"] == 1)
    #expect(JUnitStructure(JUnitReport.text([])).mistakes == [])
  }

  @Test func eachCaseHasItsProperties() {
    let text = JUnitReport.text(SampleRuns.sweep)
    for cut in stride(from: 0, through: 150, by: 5) {
      for name in ["seed", "traceHash", "command"] {
        #expect(text.contains("<property name=\"\(name) [cut_at=\(cut)ms]\" value="))
      }
    }
    #expect(text.contains("traceHash [cut_at=80ms]\" value=\"0000000000000050\""))
    #expect(JUnitReport.text([SampleRuns.pass]).contains("<property name=\"seed\" value=\"7\"/>"))
  }

  @Test func numbersOfASuiteAddUp() throws {
    let suites = JUnitStructure(JUnitReport.text(SampleRuns.all)).suites
    for suite in suites {
      #expect(Int(suite.attributes["tests"] ?? "") == suite.cases)
      #expect(Int(suite.attributes["failures"] ?? "") == suite.failures)
      #expect(Int(suite.attributes["errors"] ?? "") == suite.errors)
      #expect(Int(suite.attributes["skipped"] ?? "") == suite.skipped)
    }
    #expect(suites.count == 9)
  }
}

/// A reader that holds a report against the rules of the schema: which element stands in which, and
/// which attributes it must and may have.
final class JUnitStructure: NSObject, XMLParserDelegate {
  /// What was found of a suite.
  struct Suite {
    var attributes: [String: String]
    var cases = 0
    var failures = 0
    var errors = 0
    var skipped = 0
  }

  private struct Rule {
    let parents: Set<String>
    let required: Set<String>
    let optional: Set<String>
  }

  private static let rules: [String: Rule] = [
    "testsuites": Rule(
      parents: [""], required: [], optional: ["name", "time", "tests", "failures", "errors"]),
    "testsuite": Rule(
      parents: ["testsuites"], required: ["name", "tests", "failures", "errors"],
      optional: ["time", "skipped", "file"]),
    "properties": Rule(parents: ["testsuite"], required: [], optional: []),
    "property": Rule(parents: ["properties"], required: ["name", "value"], optional: []),
    "testcase": Rule(parents: ["testsuite"], required: ["name"], optional: ["time", "classname"]),
    "failure": Rule(parents: ["testcase"], required: [], optional: ["type", "message"]),
    "error": Rule(parents: ["testcase"], required: [], optional: ["type", "message"]),
    "skipped": Rule(parents: ["testcase"], required: [], optional: ["type", "message"]),
    "system-out": Rule(parents: ["testcase"], required: [], optional: []),
  ]

  private(set) var mistakes: [String] = []
  private(set) var counts: [String: Int] = [:]
  private(set) var suites: [Suite] = []
  private var open: [String] = []

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    if !parser.parse() {
      mistakes.append("not well formed: \(String(describing: parser.parserError))")
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    counts[element, default: 0] += 1
    let parent = open.last ?? ""
    open.append(element)
    guard let rule = Self.rules[element] else {
      mistakes.append("unknown element \(element)")
      return
    }
    if !rule.parents.contains(parent) { mistakes.append("\(element) in \(parent)") }
    let names = Set(attributes.keys)
    let wrong = names.subtracting(rule.required.union(rule.optional))
      .union(rule.required.subtracting(names))
    if !wrong.isEmpty { mistakes.append("attributes \(wrong.sorted()) of \(element)") }
    if element.hasPrefix("testsuite"), let time = attributes["time"],
      time.wholeMatch(of: /[0-9]+\.[0-9]{3}/) == nil
    {
      mistakes.append("time \(time)")
    }
    count(element, attributes)
  }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    open.removeLast()
  }

  private func count(_ element: String, _ attributes: [String: String]) {
    if element == "testsuite" { suites.append(Suite(attributes: attributes)) }
    guard !suites.isEmpty else { return }
    let last = suites.count - 1
    switch element {
    case "testcase": suites[last].cases += 1
    case "failure": suites[last].failures += 1
    case "error": suites[last].errors += 1
    case "skipped": suites[last].skipped += 1
    default: break
    }
  }
}
