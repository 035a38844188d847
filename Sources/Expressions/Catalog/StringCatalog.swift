extension FunctionCatalog {
  static let conversions: [CatalogEntry] = [
    .function(
      "int", .toInt, "Conversions", ["int -> int", "double -> int", "string -> int"],
      "The int; a double loses its fraction, a string holds decimal digits.",
      example: "int(-1.9) == -1 && int('42') == 42"),
    .function(
      "double", .toDouble, "Conversions",
      ["double -> double", "int -> double", "string -> double"],
      "The double nearest to the number.", example: "double(1) / double(2) == 0.5"),
    .function(
      "string", .toString, "Conversions",
      [
        "string -> string", "int -> string", "double -> string", "bool -> string",
        "duration -> string",
      ], "The text of the value; a duration in seconds, as `0.015s`.",
      example: "string(15ms) == '0.015s' && string(1) == '1'"),
    .function(
      "bool", .toBool, "Conversions", ["bool -> bool", "string -> bool"],
      "The bool that a word stands for: `true`, `True`, `TRUE`, `t`, `T`, `1` and their opposites.",
      example: "bool('true')"),
    .function(
      "duration", .toDuration, "Conversions", ["duration -> duration", "string -> duration"],
      "The duration that a text says, as `1m30s` or `-1.5h`.",
      example: "duration('1m30s') == 90s"),
    .function(
      "type", .typeOf, "Conversions", ["A -> type"],
      "The type, to be compared with `int`, `string`, `list` and so on.",
      example: "type(1) == int && type(15ms) == google.protobuf.Duration"),
    .function(
      "dyn", .dyn, "Conversions", ["A -> dyn"],
      "The same value, of which the check assumes nothing.", example: "dyn(1) != dyn('a')"),
  ]

  static let strings: [CatalogEntry] = [
    .function(
      "size", .size, "Strings and lists",
      [
        "string -> int", ".string -> int", "list(A) -> int", ".list(A) -> int",
        "map(K, V) -> int", ".map(K, V) -> int",
      ], "The number of Unicode scalars, elements or entries.",
      example: "'größe'.size() == 5 && size([1, 2]) == 2"),
    .function(
      "contains", .contains, "Strings", [".string, string -> bool"],
      "Whether the other text occurs in this one.", example: "'leader'.contains('ead')"),
    .function(
      "startsWith", .startsWith, "Strings", [".string, string -> bool"],
      "Whether the text begins with the other.", example: "'node1'.startsWith('node')"),
    .function(
      "endsWith", .endsWith, "Strings", [".string, string -> bool"],
      "Whether the text ends with the other.", example: "'node1'.endsWith('1')"),
    .function(
      "matches", .matches, "Strings", [".string, string -> bool", "string, string -> bool"],
      "Whether a part of the text matches a regular expression in RE2's syntax.",
      example: "'node12'.matches(r'^node\\d+$')"),
    .function(
      "charAt", .charAt, "Strings", [".string, int -> string"],
      "The scalar at a place as a string; empty right behind the last.",
      example: "'abc'.charAt(1) == 'b'"),
    .function(
      "indexOf", .indexOf, "Strings", [".string, string -> int", ".string, string, int -> int"],
      """
      Where the other text first occurs, from a place on if one is given; -1 if nowhere. A place \
      outside the text is an error.
      """,
      example: "'banana'.indexOf('an', 2) == 3"),
    .function(
      "lastIndexOf", .lastIndexOf, "Strings",
      [".string, string -> int", ".string, string, int -> int"],
      """
      Where the other text last occurs, beginning at most at a place; -1 if nowhere. A place \
      outside the text is an error.
      """,
      example: "'banana'.lastIndexOf('an') == 3"),
    .function(
      "substring", .substring, "Strings",
      [".string, int -> string", ".string, int, int -> string"],
      "The part from a place on, up to before another if one is given.",
      example: "'leader'.substring(1, 4) == 'ead'"),
    .function(
      "replace", .replace, "Strings",
      [".string, string, string -> string", ".string, string, string, int -> string"],
      "The text with one part replaced by another, everywhere or the first so many times.",
      example: "'a-b-c'.replace('-', '+', 1) == 'a+b-c'"),
    .function(
      "split", .split, "Strings",
      [".string, string -> list(string)", ".string, string, int -> list(string)"],
      "The parts between the separators, at most so many if a number is given.",
      example: "'a,b,c'.split(',', 2) == ['a', 'b,c']"),
    .function(
      "join", .join, "Strings", [".list(string) -> string", ".list(string), string -> string"],
      "The texts one behind the other, with a separator between them.",
      example: "['a', 'b'].join('-') == 'a-b'"),
    .function(
      "trim", .trim, "Strings", [".string -> string"],
      "The text without white space at its ends.", example: "' a '.trim() == 'a'"),
    .function(
      "lowerAscii", .lowerAscii, "Strings", [".string -> string"],
      "The text with A to Z as small letters.", example: "'AbÄ'.lowerAscii() == 'abÄ'"),
    .function(
      "upperAscii", .upperAscii, "Strings", [".string -> string"],
      "The text with a to z as capitals.", example: "'Abä'.upperAscii() == 'ABä'"),
    .function(
      "format", .format, "Strings", [".string, list(dyn) -> string"],
      """
      The text with each clause replaced by the next value of the list: `%s` any, `%d` an int, \
      `%f` and `%e` a number (`%.2f`), `%x`, `%X`, `%o` and `%b` an int in another base, `%%` a sign.
      """, example: "'%s: %.1f'.format(['a', 2.55]) == 'a: 2.5'"),
    .function(
      "strings.quote", .quote, "Strings", ["string -> string"],
      "The text as a literal in double quotes.", example: "strings.quote('a\"b') == r'\"a\\\"b\"'"),
    .function(
      "reverse", .reverse, "Strings and lists", [".string -> string", ".list(A) -> list(A)"],
      "The scalars or the elements from the last to the first.",
      example: "'abc'.reverse() == 'cba' && [1, 2].reverse() == [2, 1]"),
  ]

  static let durations: [CatalogEntry] = [
    .function(
      "getHours", .getHours, "Durations", [".duration -> int"],
      "The whole hours.", example: "90m.getHours() == 1"),
    .function(
      "getMinutes", .getMinutes, "Durations", [".duration -> int"],
      "The whole minutes.", example: "90m.getMinutes() == 90"),
    .function(
      "getSeconds", .getSeconds, "Durations", [".duration -> int"],
      "The whole seconds.", example: "1500ms.getSeconds() == 1"),
    .function(
      "getMilliseconds", .getMilliseconds, "Durations", [".duration -> int"],
      "The whole milliseconds beyond the last whole second, −999 to 999; `d / 1ms` is all of them.",
      example: "1500ms.getMilliseconds() == 500"),
  ]
}
