"""Expressions of the common part of both languages, made by a grammar from seeds."""

import math
import random
import re

INTS = ["0", "1", "-1", "2", "3", "7", "-5", "10", "100", "0x1F", "-0xff", "9223372036854775807",
        "-9223372036854775808", "9007199254740993", "4611686018427387904", "3037000500"]
DOUBLES = ["0.0", "-0.0", "1.0", "1.5", "-2.5", "0.1", "3.0", "1e3", "1e-7", "1.5e300", ".5", "123456.789", "1e6",
           "9007199254740992.0", "9223372036854775808.0", "2.5", "0.3", "1e21", "5e-324"]
STRINGS = ["''", "'a'", "'abc'", "'Abc'", "'größe'", "'a,b,,c'", "' a b '", "'1'", "'-12'", "'+7'", "'1.5'", "'true'",
           "'x'", "'15ms'", "'banana'", r"'\u00e4\x41\101\n\t\\\''", r"r'\d+\n'", "'''a\nb'''", '"it\'s"',
           '"""q"q"""', "'\U0001F600'", r"'\U0001F600z'", "'%'", r"R'\d'", r"'\?\`\a\b\f\v\r'", r"'\x7e\X7E'",
           r"'\ud83d\ude00'", r"r'''\x'''", "'1e3'", "' 1'", "'0x1F'", "'9223372036854775808'"]
SEPARATORS = ["''", "'a'", "','"]
# Of sums of these both write the same decimals.
DURATIONS = ["duration('1s')", "duration('-1.5h')", "duration('1m30s')", "duration('0s')", "duration('100h')",
             "duration('1us')", "duration('1.000001s')", "duration('-1000ms')", "duration('1h1m1s')"]
PATTERNS = ["'a'", "'^a'", "'b$'", r"r'\d+'", "'[a-c]+'", "'(a|b)*c'", "'a{2,3}'", r"r'\bb'", "'(?i)ABC'", "'.'",
            "'[^a]'", r"r'\p{L}+'", "'^$'", "'(?s)a.b'", "'(?m)^b'", "'(an)+'", r"r'\w\W'", "'x*?y?'", "'['", "'a**'",
            r"r'(a)\1'", "'(?=a)'", r"r'\pN'", "'[[:alpha:]]+'", r"r'\Aa'", r"r'\x61'", "'a|'", r"r'\QaB\E'",
            "'(?P<n>a)'", "'a{1001}'", r"r'\z'", r"r'[\d,]+'", "'()'", "'a{,2}'", "'(?U)a+'", "')'", r"r'\8'", "'a{2'",
            "'[z-a]'", r"r'[\w-]'", r"r'\PN'", "'*'", r"r'\C'", r"r'\Z'", "'(?<n>a)'", "'^*'", "'[a-]'", "'x{0}'"]
FORMATS = ["'%s'", "'%d'", "'%f'", "'%.2f'", "'%e'", "'%.3e'", "'%x'", "'%X'", "'%o'", "'%b'", "'<%s|%s>'", "'%%%s'",
           "'%.0f'", "'%s %d'", "'%'", "'%q'", "'%.f'", "'none'", "'%.17f'", "'%.0e'"]

# Names that both know, with their types and values; of a duration the microseconds.
NAMES = {
    "i": ("int", 42), "j": ("int", -7), "d": ("double", 2.5), "nan": ("double", math.nan), "inf": ("double", math.inf),
    "s": ("string", "leader"), "b": ("bool", True), "n": ("null", None), "t": ("duration", 1_000_001),
    "li": ("list(int)", [3, 1, 2, 3]), "ls": ("list(string)", ["b", "a", "c"]), "ld": ("list(double)", [0.5, -1.0, 2.0]),
    "lm": ("list(dyn)", [1, 1.0, "a", None, True]), "ll": ("list(list(int))", [[1, 2], [], [3]]),
    "m": ("map(string, int)", {"a": 1, "b": 2}), "k": ("map(int, string)", {1: "x", 2: "y"}),
    "e": ("map(string, int)", {}),
}
# What only we write, or only we evaluate, with what the other implementation is asked in its place.
TWINS = {}
KINDS = ["bool", "int", "double", "string", "list", "map", "duration", "bool"]


class Maker:
    """Makes expressions of a wanted type, of another type now and then."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.variables = []
        self.counter = 0
        # Every expression that was made, also inside others.
        self.parts = []

    def pick(self, choices):
        return self.random.choice(choices)

    def make(self, kind, depth):
        """An expression of a kind: int, double, string, bool, duration, list, map, null or any."""
        text = self.made(kind, depth)
        self.parts.append(text)
        return text

    def made(self, kind, depth):
        if self.random.random() < 0.03:
            kind = self.pick(["int", "double", "string", "bool", "duration", "list", "map", "null"])
        if kind == "any":
            kind = self.pick(["int", "double", "string", "bool", "duration", "list", "map", "null", "int", "string"])
        if kind.startswith("list"):
            return self.list(kind, depth)
        if kind.startswith("map"):
            return self.map(kind, depth)
        text = getattr(self, kind)(depth)
        return f"dyn({text})" if self.random.random() < 0.04 else text

    def leaf(self, kind, literals):
        names = [name for name, (type, _) in NAMES.items() if type == kind]
        names += [name for name, type in self.variables if type == kind] * 3
        if names and self.random.random() < 0.4:
            return self.pick(names)
        return self.pick(literals)

    def variable(self, kind, body):
        """A fresh name, and what `body` makes with it in scope."""
        self.counter += 1
        name = self.pick(["x", "y", "v", "i", "s"]) + (str(self.counter % 3) if self.random.random() < 0.7 else "")
        self.variables.append((name, kind))
        text = body()
        self.variables.pop()
        return name, text

    def numbers(self, depth):
        return self.make(self.pick(["int", "double"]), depth)

    def int(self, depth):
        if depth <= 0:
            return self.leaf("int", INTS)
        d = depth - 1
        e = self.make
        return self.pick([
            lambda: f"({e('int', d)} {self.pick(['+', '-', '*', '/', '%'])} {e('int', d)})",
            lambda: f"({e('int', d)} {self.pick(['+', '-', '*', '/', '%'])} {e('int', d)})",
            lambda: f"-{e('int', d)}",
            lambda: f"--{e('int', d)}",
            lambda: f"size({e(self.pick(['string', 'list', 'map']), d)})",
            lambda: f"{e(self.pick(['string', 'list', 'map']), d)}.size()",
            lambda: f"int({e(self.pick(['int', 'double', 'string']), d)})",
            lambda: f"{e('string', d)}.{self.pick(['indexOf', 'lastIndexOf'])}({e('string', d)})",
            lambda: f"{e('string', d)}.{self.pick(['indexOf', 'lastIndexOf'])}({e('string', d)}, {e('int', 0)})",
            lambda: f"{e('list(int)', d)}[{e('int', 0)}]",
            lambda: f"m[{self.pick(['s', STRINGS[1], STRINGS[2]])}]",
            lambda: f"m.{self.pick(['a', 'b', 'zz'])}",
            lambda: f"math.{self.pick(['abs', 'sign'])}({e('int', d)})",
            lambda: f"math.{self.pick(['greatest', 'least'])}({e('int', d)}, {e('int', d)})",
            lambda: f"math.{self.pick(['greatest', 'least'])}({e('list(int)', d)})",
            lambda: f"math.{self.pick(['bitAnd', 'bitOr', 'bitXor'])}({e('int', d)}, {e('int', d)})",
            lambda: f"math.{self.pick(['bitShiftLeft', 'bitShiftRight'])}({e('int', d)}, {e('int', 0)})",
            lambda: f"math.bitNot({e('int', d)})",
            lambda: f"{e('duration', d)}.{self.pick(['getHours', 'getMinutes', 'getSeconds', 'getMilliseconds'])}()",
            lambda: self.conditional("int", d),
            lambda: self.bind("int", d),
        ])()

    def double(self, depth):
        if depth <= 0:
            return self.leaf("double", DOUBLES)
        d = depth - 1
        e = self.make
        return self.pick([
            lambda: f"({e('double', d)} {self.pick(['+', '-', '*', '/'])} {e('double', d)})",
            lambda: f"({e('double', d)} {self.pick(['+', '-', '*', '/'])} {e('double', d)})",
            lambda: f"-{e('double', d)}",
            lambda: f"double({e(self.pick(['int', 'double', 'string']), d)})",
            lambda: f"math.{self.pick(['abs', 'sign', 'ceil', 'floor', 'round', 'trunc', 'sqrt'])}({e('double', d)})",
            lambda: f"math.sqrt({e('int', d)})",
            lambda: f"math.{self.pick(['greatest', 'least'])}({self.numbers(d)}, {self.numbers(d)}, {self.numbers(d)})",
            lambda: self.conditional("double", d),
        ])()

    def string(self, depth):
        if depth <= 0:
            return self.leaf("string", STRINGS)
        d = depth - 1
        e = self.make
        part = lambda: self.pick(["'a'", "','", "''", "'an'", "'b'", "'ö'", "'z'"])
        return self.pick([
            lambda: f"({e('string', d)} + {e('string', d)})",
            lambda: f"string({e(self.pick(['int', 'double', 'bool', 'string', 'duration']), d)})",
            lambda: f"{e('string', d)}.{self.pick(['trim', 'lowerAscii', 'upperAscii', 'reverse'])}()",
            lambda: f"{e('string', d)}.charAt({self.pick(['0', '1', '3', '-1', '6'])})",
            lambda: f"{e('string', d)}.substring({self.pick(['0', '1', '3', '-1', '7'])})",
            lambda: f"{e('string', d)}.substring({self.pick('012')}, {self.pick('0123')})",
            lambda: f"{e('string', d)}.replace({part()}, {e('string', 0)})",
            lambda: f"{e('string', d)}.replace({part()}, {e('string', 0)}, {self.pick(['0', '1', '-1', '2'])})",
            lambda: f"{e('list(string)', d)}.join({self.pick(['', part()])})",
            lambda: f"strings.quote({e('string', d)})",
            lambda: self.format(d),
            lambda: self.format(d),
            lambda: self.conditional("string", d),
            lambda: f"k[{self.pick(['1', '2', '3', '1.0', 'i'])}]",
        ])()

    def format(self, d):
        form = self.pick(FORMATS)
        count = len(re.findall(r"%[^%]", form.replace("%%", "")))
        if self.random.random() < 0.05:
            count += 1
        kinds = {"s": ["int", "string", "bool", "null", "list(int)", "list(string)", "map", "duration"], "d": ["int"], "f": ["double", "int"], "e": ["double", "int"], "x": ["int", "string"],
                 "X": ["int", "string"], "o": ["int"], "b": ["int", "bool"]}
        letter = form.rstrip("'>")[-1:]
        values = [self.make(self.pick(kinds.get(letter, ["int"])), d) for _ in range(count)]
        return f"{form}.format([{', '.join(values)}])"

    def bool(self, depth):
        if depth <= 0:
            return self.leaf("bool", ["true", "false"])
        d = depth - 1
        e = self.make
        same = self.pick(["int", "double", "string", "bool", "duration", "list(int)", "map", "any"])
        ordered = self.pick(["int", "double", "string", "bool", "duration"])
        return self.pick([
            lambda: f"({e('bool', d)} && {e('bool', d)})",
            lambda: f"({e('bool', d)} || {e('bool', d)})",
            lambda: f"({self.failing(d)} {self.pick(['&&', '||'])} {e('bool', d)})",
            lambda: f"({e('bool', d)} {self.pick(['&&', '||'])} {self.failing(d)} {self.pick(['&&', '||'])} {e('bool', d)})",
            lambda: f"!{e('bool', d)}",
            lambda: f"({e(same, d)} {self.pick(['==', '!='])} {e(same, d)})",
            lambda: f"({self.numbers(d)} {self.pick(['==', '!=', '<', '<=', '>', '>='])} {self.numbers(d)})",
            lambda: f"({e(ordered, d)} {self.pick(['<', '<=', '>', '>='])} {e(ordered, d)})",
            lambda: f"({e('any', d)} in {e('list', d)})",
            lambda: f"({self.numbers(d)} in {self.pick(['lm', 'li', 'ld', 'k', '[1, 2.0, 3]'])})",
            lambda: f"({e('string', d)} in {e('map', d)})",
            lambda: f"{e('string', d)}.{self.pick(['contains', 'startsWith', 'endsWith'])}({e('string', d)})",
            lambda: f"{e('string', d)}.matches({self.pick(PATTERNS)})",
            lambda: f"matches({e('string', d)}, {self.pick(PATTERNS)})",
            lambda: f"has({self.pick(['m', 'e', e('map', d)])}.{self.pick(['a', 'b', 'c'])})",
            lambda: self.quantifier(d),
            lambda: self.quantifier(d),
            lambda: self.quantifier2(d),
            lambda: f"math.{self.pick(['isNaN', 'isInf', 'isFinite'])}({e('double', d)})",
            lambda: f"(type({e('any', d)}) == {self.pick(['int', 'double', 'string', 'bool', 'list', 'map', 'null_type', 'type', 'google.protobuf.Duration'])})",
            lambda: f"sets.{self.pick(['contains', 'equivalent', 'intersects'])}({e('list', d)}, {e('list', d)})",
            lambda: f"bool({e('string', d)})",
            lambda: self.conditional("bool", d),
        ])()

    def failing(self, d):
        return self.pick([
            "(1 / 0 > 0)", "(i % 0 == 1)", "(m['zz'] == 1)", "(li[9] == 1)", "(9223372036854775807 + 1 > 0)",
            "e.zz == 1", "(int('q') == 1)", "dyn('a')", "dyn(1)",
        ])

    def quantifier(self, d):
        kind, over = self.pick([("int", "li"), ("string", "ls"), ("string", "m"), ("double", "ld"),
                                ("int", self.make("list(int)", d)), ("any", "lm"), ("int", "k")])
        name, body = self.variable(kind, lambda: self.make("bool", d))
        return f"{over}.{self.pick(['all', 'exists', 'exists_one'])}({name}, {body})"

    def quantifier2(self, d):
        first, second, over = self.pick([("int", "int", "li"), ("int", "string", "ls"), ("string", "int", "m"),
                                         ("int", "string", "k"), ("int", "any", "lm")])
        name, body = self.variable(first, lambda: self.variable(second, lambda: self.make("bool", d)))
        if name == body[0]:
            return "true"
        macro = self.pick(["all", "exists", "existsOne", "exists_one"])
        text = f"{over}.{macro}({name}, {body[0]}, {body[1]})"
        if macro == "exists_one":
            TWINS[text] = f"{over}.existsOne({name}, {body[0]}, {body[1]})"
        return text

    def duration(self, depth):
        if depth <= 0:
            return self.leaf("duration", DURATIONS)
        d = depth - 1
        return self.pick([
            lambda: f"({self.make('duration', d)} {self.pick('+-')} {self.make('duration', d)})",
            lambda: f"duration({self.make('string', d)})",
            lambda: self.conditional("duration", d),
        ])()

    def null(self, depth):
        return self.pick(["null", "n"])

    def conditional(self, kind, d):
        return f"({self.make('bool', d)} ? {self.make(kind, d)} : {self.make(kind, d)})"

    def bind(self, kind, d):
        inner = self.pick(["int", "string", "double"])
        value = self.make(inner, d)
        name, body = self.variable(inner, lambda: self.make(kind, d))
        return f"cel.bind({name}, {value}, {body})"

    def list(self, kind, depth):
        inner = kind[5:-1] if kind.startswith("list(") else self.pick(["int", "string", "double", "any"])
        named = [name for name, (type, _) in NAMES.items() if type == f"list({inner})"]
        e = self.make
        if depth <= 0:
            return self.pick(named or ["li"]) if self.random.random() < 0.5 else f"[{e(inner, 0)}, {e(inner, 0)}]"
        d = depth - 1

        def macro():
            kind, over = self.pick([("int", "li"), ("string", "ls"), ("string", "m"), ("int", e("list(int)", d))])
            name, body = self.variable(kind, lambda: e(inner, d))
            condition = f" {self.pick([f'{name} == {name}', 'true', 'b'])}," if self.random.random() < 0.3 else ""
            return f"{over}.map({name},{condition} {body})"

        def transform():
            first, second, over = self.pick([("int", "int", "li"), ("string", "int", "m"), ("int", "string", "ls")])
            outer, (name, body) = self.variable(first, lambda: self.variable(second, lambda: e(inner, d)))
            if outer == name:
                return "li"
            condition = f" {name} != {name}," if self.random.random() < 0.2 else ""
            isFree = name not in NAMES and all(name != known for known, _ in self.variables)
            macro = self.pick(["transformList", "map"]) if isFree else "transformList"
            theirs = f"{over}.transformList({outer}, {name},{condition} {body})"
            mine = f"{over}.{macro}({outer}, {name},{condition} {body})"
            if macro == "map":
                TWINS[mine] = theirs
            return mine

        def filtered():
            over = e(f"list({inner})", d)
            if self.random.random() < 0.3:
                outer, (name, body) = self.variable("int", lambda: self.variable(inner, lambda: e("bool", d)))
                if outer != name:
                    mine = f"{over}.filter({outer}, {name}, {body})"
                    TWINS[mine] = f"{over}.transformList({outer}, {name}, {body}, {name})"
                    return mine
            name, body = self.variable(inner, lambda: e("bool", d))
            return f"{over}.filter({name}, {body})"

        def sorted_by():
            over = e(f"list({inner})", d)
            name, body = self.variable(inner, lambda: e(self.pick(["int", "string"]), d))
            return f"{over}.sortBy({name}, {body})"

        choices = [
            lambda: "[" + ", ".join(e(inner, d) for _ in range(self.random.randrange(4))) + "]",
            lambda: "[" + ", ".join(e(inner, d) for _ in range(self.random.randrange(1, 4))) + ",]",
            lambda: f"({e(kind, d)} + {e(kind, d)})",
            lambda: f"{e(f'list({inner})', d)}.{self.pick(['sort', 'distinct', 'reverse', 'flatten'])}()",
            lambda: f"{e(f'list({inner})', d)}.slice({self.pick('012')}, {self.pick('0123')})",
            lambda: f"[[{e(inner, d)}], [[{e(inner, d)}]]].flatten({self.pick(['0', '1', '2', '-1'])})",
            macro, filtered, transform, sorted_by, lambda: self.conditional(kind, d),
        ]
        if inner == "string":
            choices.append(lambda: f"{e('string', d)}.split({self.pick(SEPARATORS)})")
            choices.append(lambda: f"{e('string', d)}.split(',', {self.pick(['0', '1', '2', '-1'])})")
        if inner == "int":
            choices.append(lambda: f"lists.range({self.pick(['0', '3', '5'])})")
        return self.pick(choices)()

    def map(self, kind, depth):
        e = self.make
        if depth <= 0:
            return self.pick(["m", "e", "k", "{'a': 1}", "{1: 'x', 'b': 2}"])
        d = depth - 1

        def transform():
            first, second, over = self.pick([("int", "int", "li"), ("string", "int", "m"), ("int", "string", "ls"),
                                             ("int", "string", "k"), ("int", "any", "lm")])
            key, inner = self.pick(["string", "int"]), self.pick(["int", "any"])
            outer, (name, (entry, body)) = self.variable(
                first, lambda: self.variable(second, lambda: (e(key, min(d, 1)), e(inner, d))))
            if outer == name:
                return "m"
            condition = self.pick(["", "", " b,"])
            type, value = NAMES[over]
            keys = [repr(key) for key in (range(len(value)) if type.startswith("list") else value)]

            def bind(key, part):
                return f"cel.bind({outer}, {key}, cel.bind({name}, {over}[{key}], {part}))"

            if self.random.random() < 0.5:
                mine = f"{over}.transformMap({outer}, {name},{condition} {body})"
                theirs = [f"{key}: {bind(key, body)}" for key in keys]
            else:
                mine = f"{over}.transformMapEntry({outer}, {name},{condition} {{{entry}: {body}}})"
                theirs = [f"{bind(key, entry)}: {bind(key, body)}" for key in keys]
            TWINS[mine] = "{" + ", ".join(theirs) + "}"
            return mine

        return self.pick([
            lambda: "{" + ", ".join(f"{e(self.pick(['string', 'int']), 0)}: {e('any', d)}"
                                    for _ in range(self.random.randrange(3))) + "}",
            transform, transform,
            lambda: self.conditional("map", d),
        ])()
