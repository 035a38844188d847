public import Diagnostics

/// The mistakes that show only in the run; each makes the verdict `error`, never false.
public enum EvaluationCodes {
  /// Every code, in the order of the numbers.
  public static let all: [DiagnosticCode] = EvaluationError.Kind.allCases.map(code(of:))

  static func code(of kind: EvaluationError.Kind) -> DiagnosticCode {
    switch kind {
    case .noSuchOverload: noSuchOverload
    case .nullAccess: nullAccess
    case .noSuchKey: noSuchKey
    case .indexOutOfRange: indexOutOfRange
    case .overflow: overflow
    case .divisionByZero: divisionByZero
    case .conversion: conversion
    case .badArgument: badArgument
    case .stepLimit: stepLimit
    case .sizeLimit: sizeLimit
    case .unbound: unbound
    case .duplicateKey: duplicateKey
    case .unavailable: unavailable
    }
  }

  /// An operation met values of types it is not made for.
  public static let noSuchOverload = DiagnosticCode(
    "E0501", "operation on values of the wrong type",
    explanation: """
      The types of some values show only in the run, such as the argument of a call. This one was \
      of a type that the operation does not take. Ask first: `type(x) == int && x > 3`.
      """,
    wrong: "always: calls.all(c, c.value > 3)",
    right: "always: calls.all(c, type(c.value) != int || c.value > 3)")

  /// A field of null.
  public static let nullAccess = DiagnosticCode(
    "E0502", "field of null",
    explanation: """
      The value was null, and null has no fields. Nobody leads at first, for example. Guard it: \
      `leader != null && …`, or `leader == null || …`.
      """,
    wrong: "always: leader.term > 0",
    right: "always: leader == null || leader.term > 0")

  /// A key that is not in the map.
  public static let noSuchKey = DiagnosticCode(
    "E0503", "no such key",
    explanation: """
      The map has no such key. Ask first with `in` or `has()`: `'k' in m && m['k'] > 0`.
      """,
    wrong: "always: {'a': 1}['b'] == 1",
    right: "always: {'a': 1}['a'] == 1")

  /// An index that is not in the list.
  public static let indexOutOfRange = DiagnosticCode(
    "E0504", "index out of range",
    explanation: """
      Indices run from 0 to one less than the size. Ask first: `xs.size() > 2 && xs[2] > 0`.
      """,
    wrong: "always: nodes[5].up",
    right: "always: nodes.size() <= 5 || nodes[5].up")

  /// A result does not fit 64 bits.
  public static let overflow = DiagnosticCode(
    "E0505", "result does not fit 64 bits",
    explanation: """
      Ints and durations have 64 bits; a result beyond them is an error, it never wraps around.
      """,
    wrong: "always: 9223372036854775807 + 1 > 0",
    right: "always: 9223372036854775807.0 + 1.0 > 0.0")

  /// Division or remainder by zero.
  public static let divisionByZero = DiagnosticCode(
    "E0506", "division by zero",
    explanation: """
      An int or a duration was divided by zero. Ask first: `n != 0 && a / n > 1`. Doubles divide \
      by zero and give an infinity or NaN.
      """,
    wrong: "always: 10 / node1.term > 1",
    right: "always: node1.term == 0 || 10 / node1.term > 1")

  /// A text or a number has no counterpart in the other type.
  public static let conversion = DiagnosticCode(
    "E0507", "conversion failed",
    explanation: """
      The value has no counterpart in the other type: a text that is no number, a double beyond 64 \
      bits, a word that is no bool.
      """,
    wrong: "always: int('three') == 3",
    right: "always: int('3') == 3")

  /// A function was given a value that it cannot work with.
  public static let badArgument = DiagnosticCode(
    "E0508", "argument out of its range",
    explanation: """
      The function takes values of this type, but not this one: the least of an empty list, a \
      substring that ends before it starts, a percentile above 100.
      """,
    wrong: "always: [].max() == 0",
    right: "always: [0].max() == 0")

  /// The evaluation took too many steps.
  public static let stepLimit = DiagnosticCode(
    "E0509", "evaluation takes too many steps",
    explanation: """
      An evaluation may take a million steps, and all of a run together ten thousand million, \
      the same on every machine. Loops within loops over long lists use them up.
      """,
    wrong: "always: lists.range(9999).all(a, lists.range(9999).all(b, a * b >= 0))",
    right: "always: lists.range(99).all(a, lists.range(99).all(b, a * b >= 0))")

  /// A value grew too large.
  public static let sizeLimit = DiagnosticCode(
    "E0510", "value too large",
    explanation: """
      An expression builds lists and maps of at most 100,000 entries, strings of at most a million \
      bytes, and nests lists and maps at most 32 deep.
      """,
    wrong: "always: lists.range(1000000).size() > 0",
    right: "always: lists.range(100000).size() > 0")

  /// A name or function that nothing is bound to.
  public static let unbound = DiagnosticCode(
    "E0511", "name not bound",
    explanation: """
      Nothing is bound to the name. This shows in an evaluation only where the check was switched \
      off; a scenario's expressions are always checked.
      """,
    wrong: "conclave eval 'x + 1'",
    right: "conclave eval --bindings '{\"x\": {\"t\": \"int\", \"v\": \"1\"}}' 'x + 1'")

  /// A map would have a key twice.
  public static let duplicateKey = DiagnosticCode(
    "E0512", "key occurs twice",
    explanation: """
      The map that the expression builds would have one key twice, or a key that is neither int, \
      bool nor string.
      """,
    wrong: "always: {node1.name: 1, 'node1': 2}.size() == 2",
    right: "always: {node1.name: 1, 'node2': 2}.size() == 2")

  /// The world cannot answer yet, or not here.
  public static let unavailable = DiagnosticCode(
    "E0513", "value not available here",
    explanation: """
      The value exists only later, or only in other places: percentiles, for example, are there \
      in `at_end` and `metric` alone.
      """,
    wrong: "always: metrics[\"call.read.latency.p99\"] < 10ms",
    right: "at_end: metrics[\"call.read.latency.p99\"] < 10ms")
}
