extension FunctionCatalog {
  static let mathematics: [CatalogEntry] = [
    .function(
      "math.greatest", .greatest, "Mathematics", ["list(N) -> N", "N... -> N"],
      "The greatest of the numbers, or of the list; an error with NaN among them.",
      example: "math.greatest(1, 3, 2) == 3"),
    .function(
      "math.least", .least, "Mathematics", ["list(N) -> N", "N... -> N"],
      "The least of the numbers, or of the list; an error with NaN among them.",
      example: "math.least([3, 1.5, 2]) == 1.5"),
    .function(
      "math.abs", .abs, "Mathematics", ["int -> int", "double -> double", "duration -> duration"],
      "The number without its sign.", example: "math.abs(-2) == 2"),
    .function(
      "math.sign", .sign, "Mathematics", ["int -> int", "double -> double"],
      "-1, 0 or 1 as the number is below, at or above 0.", example: "math.sign(-2.5) == -1.0"),
    .function(
      "math.ceil", .ceil, "Mathematics", ["double -> double"],
      "The least whole number that is not less.", example: "math.ceil(1.2) == 2.0"),
    .function(
      "math.floor", .floor, "Mathematics", ["double -> double"],
      "The greatest whole number that is not greater.", example: "math.floor(-1.2) == -2.0"),
    .function(
      "math.round", .round, "Mathematics", ["double -> double"],
      "The nearest whole number, halves away from 0.", example: "math.round(-1.5) == -2.0"),
    .function(
      "math.trunc", .trunc, "Mathematics", ["double -> double"],
      "The number without its fraction.", example: "math.trunc(-1.9) == -1.0"),
    .function(
      "math.sqrt", .sqrt, "Mathematics", ["double -> double", "int -> double"],
      "The square root; NaN of a negative number.", example: "math.sqrt(81) == 9.0"),
    .function(
      "math.isNaN", .isNaN, "Mathematics", ["double -> bool"],
      "Whether it is not a number.", example: "math.isNaN(0.0 / 0.0)"),
    .function(
      "math.isInf", .isInf, "Mathematics", ["double -> bool"],
      "Whether it is infinite.", example: "math.isInf(1.0 / 0.0)"),
    .function(
      "math.isFinite", .isFinite, "Mathematics", ["double -> bool"],
      "Whether it is neither infinite nor NaN.", example: "math.isFinite(1.0)"),
    .function(
      "math.bitAnd", .bitAnd, "Mathematics", ["int, int -> int"],
      "The bits that both have.", example: "math.bitAnd(6, 3) == 2"),
    .function(
      "math.bitOr", .bitOr, "Mathematics", ["int, int -> int"],
      "The bits that one of them has.", example: "math.bitOr(6, 3) == 7"),
    .function(
      "math.bitXor", .bitXor, "Mathematics", ["int, int -> int"],
      "The bits that exactly one has.", example: "math.bitXor(6, 3) == 5"),
    .function(
      "math.bitNot", .bitNot, "Mathematics", ["int -> int"],
      "The other bits.", example: "math.bitNot(0) == -1"),
    .function(
      "math.bitShiftLeft", .bitShiftLeft, "Mathematics", ["int, int -> int"],
      "The bits moved up; what moves out is lost.", example: "math.bitShiftLeft(1, 4) == 16"),
    .function(
      "math.bitShiftRight", .bitShiftRight, "Mathematics", ["int, int -> int"],
      "The bits moved down, zeros moving in.", example: "math.bitShiftRight(16, 4) == 1"),
  ]

  static let aggregates: [CatalogEntry] = [
    .function(
      "sum", .sum, "Aggregates", ["list(Q) -> Q", ".list(Q) -> Q"],
      "The sum; 0 of an empty list.", example: "[1, 2, 3].sum() == 6 && sum([1ms, 2ms]) == 3ms",
      isOurs: true),
    .function(
      "min", .min, "Aggregates", ["list(O) -> O", ".list(O) -> O"],
      "The least element; an error of an empty list, or with NaN among others.",
      example: "[3, 1, 2].min() == 1",
      isOurs: true),
    .function(
      "max", .max, "Aggregates", ["list(O) -> O", ".list(O) -> O"],
      "The greatest element; an error of an empty list, or with NaN among others.",
      example: "[20ms, 15ms].max() == 20ms",
      isOurs: true),
    .function(
      "avg", .avg, "Aggregates",
      [
        "list(duration) -> duration", ".list(duration) -> duration", "list(N) -> double",
        ".list(N) -> double",
      ], "The mean; of durations rounded to a whole nanosecond; an error of an empty list.",
      example: "[1, 2].avg() == 1.5", isOurs: true),
    .function(
      "percentile", .percentile, "Aggregates", ["list(O), N -> O", ".list(O), N -> O"],
      """
      The nearest-rank percentile: the least element that at least so many percent of them do not \
      exceed; 0 gives the least. An error of an empty list.
      """, example: "[15, 20, 35, 40, 50].percentile(40) == 20", isOurs: true),
    .function(
      "count", .count, "Aggregates",
      ["list(A) -> int", ".list(A) -> int", "map(K, V) -> int", ".map(K, V) -> int"],
      "The number of elements or entries, as `size`.", example: "[1, 2].count() == 2",
      isOurs: true),
    .function(
      "keys", .keys, "Aggregates", ["map(K, V) -> list(K)", ".map(K, V) -> list(K)"],
      "The keys in order: false, true, ints, strings.",
      example: "{'b': 1, 'a': 2}.keys() == ['a', 'b']", isOurs: true),
    .function(
      "values", .values, "Aggregates", ["map(K, V) -> list(V)", ".map(K, V) -> list(V)"],
      "The values in the order of their keys.", example: "{'b': 1, 'a': 2}.values() == [2, 1]",
      isOurs: true),
  ]

  static let lists: [CatalogEntry] = [
    .function(
      "sort", .sort, "Lists", [".list(O) -> list(O)"],
      "The elements in order; an error if they are of several types.",
      example: "[3, 1, 2].sort() == [1, 2, 3]"),
    .function(
      "distinct", .distinct, "Lists", [".list(A) -> list(A)"],
      "The first of each group of equal elements.", example: "[1, 2, 1].distinct() == [1, 2]"),
    .function(
      "flatten", .flatten, "Lists",
      [".list(list(A)) -> list(A)", ".list(A) -> list(dyn)", ".list(A), int -> list(dyn)"],
      "The list with the elements of its lists in their place, one level or so many levels deep.",
      example: "[1, [2, [3]]].flatten() == [1, 2, [3]]"),
    .function(
      "slice", .slice, "Lists", [".list(A), int, int -> list(A)"],
      "The elements from a place up to before another.",
      example: "[1, 2, 3, 4].slice(1, 3) == [2, 3]"),
    .function(
      "first", .first, "Lists", [".list(A) -> A"],
      "The first element; an error of an empty list, as optional values are left out.",
      example: "[1, 2].first() == 1"),
    .function(
      "last", .last, "Lists", [".list(A) -> A"],
      "The last element; an error of an empty list, as optional values are left out.",
      example: "[1, 2].last() == 2"),
    .function(
      "lists.range", .range, "Lists", ["int -> list(int)"],
      "The ints from 0 to before the number.", example: "lists.range(3) == [0, 1, 2]"),
  ]

  static let sets: [CatalogEntry] = [
    .function(
      "sets.contains", .setContains, "Sets", ["list(A), list(A) -> bool"],
      "Whether every element of the second is in the first.",
      example: "sets.contains([1, 2, 3], [3, 1])"),
    .function(
      "sets.equivalent", .setEquivalent, "Sets", ["list(A), list(A) -> bool"],
      "Whether each has the elements of the other.", example: "sets.equivalent([1, 2], [2, 1, 1])"),
    .function(
      "sets.intersects", .setIntersects, "Sets", ["list(A), list(A) -> bool"],
      "Whether they have an element in common.", example: "sets.intersects([1, 2], [2, 3])"),
  ]
}
