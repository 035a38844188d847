"""Compares the expression language with another implementation of CEL.

Both answer the same expressions, with a check of types before and without. Where they differ, the smallest part that
differs is found, and that must be a deviation of the other implementation that is listed here with its reason. A
deviation that does not occur fails too, since it would hide what it was not written for.

The expressions are those of corners.txt and others that a grammar makes from seeds, so that every run asks the same.

usage: compare.py CONCLAVE [COUNT [SEED]]
"""

import datetime
import json
import math
import os
import re
import subprocess
import sys

from cel_expr_python import cel
from expressions import KINDS, NAMES, TWINS, Maker

# The other implementation forgets to count its references to None: enough of them keep it alive.
NONES = [None] * 1_000_000

EXTENSIONS = ["bindings", "lists", "math", "sets", "strings", "two-var-comprehensions"]


class Answer:
    """What became of an expression: a tagged value, an error, or a refusal before it was evaluated."""

    def __init__(self, kind, content):
        self.kind = kind
        self.content = content
        self.key = key(content) if kind == "value" else None

    def agrees(self, other):
        return (self.kind == "value") == (other.kind == "value") and self.key == other.key

    def __str__(self):
        return f"{self.kind} {json.dumps(self.content, ensure_ascii=False)[:300]}"


def tagged(value):
    if value is None:
        return {"t": "null", "v": None}
    if isinstance(value, bool):
        return {"t": "bool", "v": value}
    if isinstance(value, int):
        return {"t": "int", "v": str(value)}
    if isinstance(value, float):
        special = "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        return {"t": "double", "v": repr(value) if math.isfinite(value) else special}
    if isinstance(value, str):
        return {"t": "string", "v": value}
    if isinstance(value, datetime.timedelta):
        return {"t": "duration", "v": str(value // datetime.timedelta(microseconds=1) * 1000)}
    if isinstance(value, list):
        return {"t": "list", "v": [tagged(item) for item in value]}
    if isinstance(value, dict):
        return {"t": "map", "v": [[tagged(name), tagged(item)] for name, item in value.items()]}
    return {"t": type(value).__name__, "v": str(value)}


def key(value):
    """What is compared of a value: doubles by their bits, maps in any order."""
    kind, content = value["t"], value["v"]
    if kind == "double":
        return kind, "NaN" if content == "NaN" else float(content).hex()
    if kind == "list":
        return kind, tuple(key(item) for item in content)
    if kind == "map":
        return kind, tuple(sorted((repr(key(name)), repr(key(item))) for name, item in content))
    return kind, content


def bound(type, value):
    return datetime.timedelta(microseconds=value) if type == "duration" else value


class Other:
    """The other implementation."""

    def __init__(self):
        config = cel.NewEnvConfigFromYaml(
            "name: other\nextensions:\n" + "".join(f"- name: {name}\n" for name in EXTENSIONS))
        types = {name: self.type(type) for name, (type, _) in NAMES.items()}
        self.environment = cel.NewEnv(config=config, variables=types)
        self.data = {name: bound(type, value) for name, (type, value) in NAMES.items()}
        self.twins = sorted(TWINS, key=len, reverse=True)

    def type(self, text):
        if text.startswith("list("):
            return cel.Type.List(self.type(text[5:-1]))
        if text.startswith("map("):
            first, second = text[4:-1].split(", ")
            return cel.Type.Map(self.type(first), self.type(second))
        return getattr(cel.Type, text.upper())

    def answer(self, text, check):
        # Those that have others inside them come first.
        for mine in self.twins:
            text = text.replace(mine, TWINS[mine])
        try:
            expression = self.environment.compile(text, disable_check=not check)
        except Exception as error:
            return Answer("refused", str(error))
        try:
            value = expression.eval(data=self.data)
            if value.type() == cel.Type.ERROR:
                return Answer("error", str(value.plain_value()))
            return Answer("value", tagged(value.plain_value()))
        except Exception as error:
            return Answer("error", str(error))


def ours(tool, expressions):
    """Our answers to pairs of an expression and whether its types are checked."""
    bindings = {name: tagged(bound(type, value)) for name, (type, value) in NAMES.items()}
    lines = "".join(json.dumps({"expr": text, "bindings": bindings, "check": check}) + "\n"
                    for text, check in expressions)
    result = subprocess.run([tool, "eval", "--lines"], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in result.stdout.split("\n") if line]
    if len(answers) != len(expressions):
        sys.exit(f"{len(expressions)} expressions had {len(answers)} answers")
    return [Answer("value", answer["value"]) if "value" in answer
            else Answer("refused" if answer["error"]["code"] < "E0500" else "error", answer["error"])
            for answer in answers]


class Deviation:
    """A way in which the other implementation is known to differ, told by the smallest expression that does."""

    def __init__(self, reason, text=".", mine=None, theirs=None, message=".", test=None, required=True):
        self.reason = reason
        self.text = re.compile(text, re.S)
        self.kinds = (mine, theirs)
        self.message = re.compile(message, re.S)
        self.test = test
        self.required = required
        self.count = 0

    def explains(self, text, mine, theirs):
        return (all(wanted in (None, found.kind) for wanted, found in zip(self.kinds, (mine, theirs)))
                and self.text.search(text) is not None
                and self.message.search(f"{mine} {theirs}") is not None
                and (self.test is None or self.test(mine.key, theirs.key)))


def permuted(mine, theirs):
    """Whether two lists have the same elements."""
    return mine[0] == theirs[0] == "list" and sorted(map(repr, mine[1])) == sorted(map(repr, theirs[1]))


DEVIATIONS = [
    # What it lacks, or does otherwise than the language definition and the descriptions of the extensions say.
    Deviation("a pair of surrogates is no escape to it", r"\\ud83d\\ude00", "value", "refused", "Illegal escape"),
    Deviation("a part of a text may not end where the text ends", r"substring\(", "value", "error", "<end> is greater"),
    Deviation("what is no number has other words", r"string\(|%s|%d", "value", "value",
              r'"[^"]*(NaN|Inf)[^"]*".*"[^"]*(nan|inf)[^"]*"'),
    Deviation("texts of numbers may have space around them", r"^(double|int)\(", None, "value",
              r'"(\\"|.*takes ) ?1 ?\\" is no (double|int)'),
    Deviation("a text beyond the largest double is infinity", "1e400", None, "value", "Infinity"),
    Deviation("two signs in a row cancel out before anything is evaluated", "--"),
    Deviation("what cannot be a key may not be looked for in a map", " in ", "value", "error", "overloads found : @in"),
    Deviation("an int is made of a bool", r"^int\(", None, "value", "found bool|not take bool"),
    Deviation("doubles are cut to six digits", "%[sd].*format", "value", "value"),
    Deviation("some arguments that are written out are checked while reading", r"math\.|sortBy", None, "refused",
              "literal arguments must be|can only be applied to|invalid single argument"),
    Deviation("a key that occurs twice is an error that nothing absorbs", r"\{", "value", "error", "duplicate key"),
    # Where CEL leaves a choice; the reference says what ours is.
    Deviation("an int is made a double before both are compared", "9223372036854775807|9007199254740993",
              "value", "value", "true|false"),
    Deviation("decimals of an int are those of the nearest double", "%[.0-9]*[fe].*format", "value", "value"),
    Deviation("maps have no order", r"\.(map|transformList|filter)\(", "value", "value", test=permuted, required=False),
    Deviation("NaN is not sorted", r"sort", "value", "value", test=permuted),
    Deviation("NaN is above or below others, whichever stands first", r"math\.(greatest|least)", "error", "value",
              "NaN is neither"),
    Deviation("nothing splits into one empty text", r"^''\.split\(''\)", "value", "value"),
    Deviation(r"RE2 for C++ has \C, which RE2 for other languages refuses", r"\\C", None, "value", "no escape"),
    # What is ours, and what is left out.
    Deviation("durations are negated, multiplied and divided here", "", "value", "error",
              r"_[*/]_\((duration, (int64|double|duration)|(int64|double), duration)\)|(math.abs|-_)\(duration\)"),
    Deviation("a micro sign is a unit here", "µ", "value", "error"),
    Deviation("maps are sorted by their keys here", "sortBy", "value", "error", r"\(map\).@sortByAssociatedKeys"),
    Deviation("bytes, unsigned ints, scripts and a comma by itself are left out here", "", None, "value",
              "CEL's (bytes|unsigned)|general category|found `,`"),
    # What our check of types refuses, and a lucky evaluation does not meet.
    Deviation("a pattern that is written out is read by the check", "match", "refused", "value", "E0416"),
    Deviation("the types of a map's keys are known to the check", "", "refused", "value", "E0407|E0418"),
    Deviation("the check knows more types, since there are no timestamps and wrappers", "", "refused", "value",
              "E0409|E0411|E0415"),
]


def differences(tool, other, made):
    """Where the answers to some expressions differ, with the smallest part of each that differs by itself."""
    asked = [(text, check) for text in made for check in (True, False)]
    found = []
    for (text, check), mine in zip(asked, ours(tool, asked)):
        theirs = other.answer(text, check)
        # What the other's check refuses is compared without it.
        if not mine.agrees(theirs) and not (check and theirs.kind == "refused"):
            found.append((text, check, mine, theirs))
    parts = [(part, check) for text, check, _, _ in found for part in made[text]]
    answers = dict(zip(parts, ours(tool, parts)))
    for text, check, mine, theirs in found:
        smallest = (text, mine, theirs)
        for part in sorted(set(made[text]), key=len):
            first, second = answers[part, check], other.answer(part, check)
            if not first.agrees(second) and not (check and second.kind == "refused"):
                smallest = (part, first, second)
                break
        yield text, check, smallest


def main():
    tool = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 4000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    corners = os.path.join(os.path.dirname(__file__), "corners.txt")
    with open(corners, encoding="utf-8") as lines:
        made = {line.rstrip("\n"): [line.rstrip("\n")] for line in lines}
    for number in range(count):
        maker = Maker(seed * 1_000_003 + number)
        text = maker.make(KINDS[number % len(KINDS)], 1 + number % 4)
        made[text] = maker.parts
    failures = 0
    for text, check, (part, mine, theirs) in differences(tool, Other(), made):
        known = next((rule for rule in DEVIATIONS if rule.explains(part, mine, theirs)), None)
        if known:
            known.count += 1
            continue
        failures += 1
        print(f"{'checked' if check else 'unchecked'}: {text}\n  in {part}\n  ours  {mine}\n  other {theirs}")
    for rule in DEVIATIONS:
        if rule.required and rule.count == 0:
            failures += 1
            print(f"a deviation that did not occur: {rule.reason}")
    excused = sum(rule.count for rule in DEVIATIONS)
    print(f"{len(made)} expressions, with and without a check of types: {excused} known deviations, {failures} failures")
    return failures


if __name__ == "__main__":
    status = 1 if main() else 0
    sys.stdout.flush()
    # The other implementation does not survive the end of the interpreter.
    os._exit(status)
