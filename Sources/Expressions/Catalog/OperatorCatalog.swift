extension FunctionCatalog {
  static let operators: [CatalogEntry] = [
    .operator(
      "_ ? _ : _", nil, ["bool, A, A -> A"],
      "The second operand if the first is true, else the third; the other one is not evaluated.",
      example: "(1 < 2 ? 'a' : 'b') == 'a'"),
    .operator(
      "_ || _", nil, ["bool, bool -> bool"],
      "Whether one is true. If one is, an error in the other does not matter.",
      example: "1 / 0 > 1 || true"),
    .operator(
      "_ && _", nil, ["bool, bool -> bool"],
      "Whether both are true. If one is false, an error in the other does not matter.",
      example: "!(1 / 0 > 1 && false)"),
    .operator("!_", .not, ["bool -> bool"], "The opposite.", example: "!false"),
    .operator(
      "_ == _", .equal, ["A, A -> bool"],
      """
      Whether both are the same. Ints and doubles compare by their exact values, strings by their \
      Unicode scalars, lists and maps entry by entry; NaN equals nothing.
      """, example: "[1, 2.0] == [1.0, 2]"),
    .operator(
      "_ != _", .unequal, ["A, A -> bool"], "The opposite of `==`.", example: "'a' != 'A'"),
    .operator("_ < _", .less, order, "Comes before.", example: "15ms < 1s"),
    .operator("_ <= _", .lessOrEqual, order, "Comes before, or is equal.", example: "1 <= 1.5"),
    .operator("_ > _", .greater, order, "Comes after.", example: "'b' > 'a'"),
    .operator(
      "_ >= _", .greaterOrEqual, order, "Comes after, or is equal.", example: "true >= false"),
    .operator(
      "_ in _", .membership, ["A, list(A) -> bool", "A, map(A, B) -> bool"],
      "Whether the list has an equal element, or the map an equal key.",
      example: "2 in [1, 2] && 'a' in {'a': 1}"),
    .operator(
      "_ + _", .add,
      [
        "int, int -> int", "double, double -> double", "string, string -> string",
        "list(A), list(A) -> list(A)", "duration, duration -> duration",
      ], "The sum; of strings and lists, one behind the other.",
      example: "1 + 2 == 3 && [1] + [2] == [1, 2]"),
    .operator(
      "_ - _", .subtract,
      ["int, int -> int", "double, double -> double", "duration, duration -> duration"],
      "The difference.", example: "1s - 1ms == 999ms"),
    .operator(
      "_ * _", .multiply, ["int, int -> int", "double, double -> double"],
      ours: [
        "duration, int -> duration", "int, duration -> duration",
        "duration, double -> duration", "double, duration -> duration",
      ], "The product; a duration times a double is rounded to a whole nanosecond.",
      example: "3 * 15ms == 45ms"),
    .operator(
      "_ / _", .divide, ["int, int -> int", "double, double -> double"],
      ours: [
        "duration, int -> duration", "duration, double -> duration",
        "duration, duration -> double",
      ],
      """
      The quotient. Between ints it drops the remainder, as does a duration by an int; a duration \
      by a duration is a double. An int or a duration divided by zero is an error.
      """, example: "7 / 2 == 3 && 15ms / 10ms == 1.5"),
    .operator(
      "_ % _", .remainder, ["int, int -> int"],
      "What the division leaves, with the sign of the first operand.", example: "-7 % 2 == -1"),
    .operator(
      "-_", .negate, ["int -> int", "double -> double"], ours: ["duration -> duration"],
      "The opposite number.", example: "-(1 - 3) == 2"),
    .operator(
      "_[_]", .index, ["list(A), int -> A", "map(K, V), K -> V"],
      "The element at a place, the first being 0, or the value of a key; an error if there is none.",
      example: "[10, 20][1] == 20 && {'a': 1}['a'] == 1"),
  ]

  private static let order = ["O, O -> bool"]

  static let macros: [CatalogEntry] = [
    .macro(
      "has", .has, ["has(A.field) -> bool"],
      "Whether a map has the key, or a field of an object is not null.",
      example: "has({'a': 1}.a) && !has({'a': 1}.b)"),
    .macro(
      "all", .all, ["list(A).all(x, bool) -> bool", "map(K, V).all(k, bool) -> bool"] + two("all"),
      """
      Whether the condition holds for every element, or every key of a map. If it fails for one, \
      errors for others do not matter.
      """, example: "[1, 2].all(x, x > 0) && [5, 6].all(i, x, x == i + 5)"),
    .macro(
      "exists", .exists,
      ["list(A).exists(x, bool) -> bool", "map(K, V).exists(k, bool) -> bool"] + two("exists"),
      """
      Whether the condition holds for an element, or a key of a map. If it holds for one, errors \
      for others do not matter.
      """, example: "[1, 2].exists(x, x > 1) && {'a': 1}.exists(k, v, v == 1)"),
    .macro(
      "exists_one", .existsOne,
      ["list(A).exists_one(x, bool) -> bool", "map(K, V).exists_one(k, bool) -> bool"]
        + two("exists_one"),
      "Whether the condition holds for exactly one; an error for any is an error.",
      example: "[1, 2].exists_one(x, x > 1)"),
    .macro(
      "existsOne", .existsOne, ["list(A).existsOne(x, bool) -> bool"] + two("existsOne"),
      "Another name of `exists_one`.", example: "[1, 2].existsOne(i, x, i == 1 && x == 2)"),
    .macro(
      "count", .count,
      ["list(A).count(x, bool) -> int", "map(K, V).count(k, bool) -> int"]
        + ["list(A).count(i, x, bool) -> int", "map(K, V).count(k, v, bool) -> int"],
      "For how many elements, or keys of a map, the condition holds.",
      example: "[1, 2, 3].count(x, x > 1) == 2", isOurs: true),
    .macro(
      "map", .map,
      [
        "list(A).map(x, B) -> list(B)", "list(A).map(x, bool, B) -> list(B)",
        "list(A).map(i, x, B) -> list(B)", "list(A).map(i, x, bool, B) -> list(B)",
        "map(K, V).map(k, B) -> list(B)", "map(K, V).map(k, v, B) -> list(B)",
      ],
      """
      A list of what comes of each element, or of each for which the condition holds. Of three \
      arguments the second is a condition, unless it is a name that nothing declares.
      """, example: "[1, 2].map(x, x * x) == [1, 4] && [5, 6].map(i, x, i + x) == [5, 7]"),
    .macro(
      "filter", .filter,
      [
        "list(A).filter(x, bool) -> list(A)", "list(A).filter(i, x, bool) -> list(A)",
        "map(K, V).filter(k, bool) -> list(K)", "map(K, V).filter(k, v, bool) -> map(K, V)",
      ],
      "The elements for which the condition holds; of a map with two variables, a map.",
      example: "[1, 2, 3].filter(x, x > 1) == [2, 3]"),
    .macro(
      "sortBy", .sortBy,
      ["list(A).sortBy(x, O) -> list(A)", "map(K, V).sortBy(k, O) -> list(K)"],
      "The elements, or keys, in the order of what is said of each; equals keep their order.",
      example: "['ccc', 'a', 'bb'].sortBy(s, s.size()) == ['a', 'bb', 'ccc']"),
    .macro(
      "transformList", .transformList, transform("transformList", "list(B)", "B"),
      "A list of what comes of each element with its index, or each value with its key.",
      example: "[5, 6].transformList(i, x, i + x) == [5, 7]"),
    .macro(
      "transformMap", .transformMap, transform("transformMap", "map(K, B)", "B"),
      "A map with the same keys, or the indices of a list, and what comes of each value.",
      example: "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2}"),
    .macro(
      "transformMapEntry", .transformMapEntry,
      transform("transformMapEntry", "map(A, B)", "map(A, B)"),
      "A map of the entries that come of each element; a key that comes twice is an error.",
      example: "{'a': 1}.transformMapEntry(k, v, {v: k}) == {1: 'a'}"),
    .macro(
      "cel.bind", .bind, ["cel.bind(x, A, B) -> B"],
      "The last argument, in which the name stands for the second; it is evaluated once at most.",
      example: "cel.bind(x, 2 + 3, x * x) == 25"),
  ]

  private static func two(_ name: String) -> [String] {
    ["list(A).\(name)(i, x, bool) -> bool", "map(K, V).\(name)(k, v, bool) -> bool"]
  }

  private static func transform(_ name: String, _ result: String, _ step: String) -> [String] {
    let ofList = result.replacingKey(with: "int")
    return [
      "list(A).\(name)(i, x, \(step)) -> \(ofList)",
      "list(A).\(name)(i, x, bool, \(step)) -> \(ofList)",
      "map(K, V).\(name)(k, v, \(step)) -> \(result)",
      "map(K, V).\(name)(k, v, bool, \(step)) -> \(result)",
    ]
  }
}

extension String {
  /// `map(K, B)` with another type of key.
  fileprivate func replacingKey(with key: String) -> String {
    hasPrefix("map(K") ? "map(\(key)" + dropFirst(5) : self
  }
}
