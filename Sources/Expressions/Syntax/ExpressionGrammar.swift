/// The grammar that the parser beside it reads, in EBNF.
public enum ExpressionGrammar {
  /// `=` defines, `|` chooses, `[]` may be left out, `{}` repeats, `-` excepts, quotes stand for
  /// themselves; lower-case rules are words without space inside.
  public static let ebnf = #"""
    Expression     = Or [ "?" Or ":" Expression ] ;
    Or             = And { "||" And } ;
    And            = Relation { "&&" Relation } ;
    Relation       = Addition { ( "<" | "<=" | ">=" | ">" | "==" | "!=" | "in" ) Addition } ;
    Addition       = Multiplication { ( "+" | "-" ) Multiplication } ;
    Multiplication = Unary { ( "*" | "/" | "%" ) Unary } ;
    Unary          = Member | "!" { "!" } Member | "-" { "-" } Member ;
    Member         = Primary { "." field [ Arguments ] | "." quoted | "[" Expression "]" } ;
    Primary        = [ "." ] name [ Arguments ] | "(" Expression ")" | List | Map | literal ;
    Arguments      = "(" [ Expression { "," Expression } ] ")" ;
    List           = "[" [ Expression { "," Expression } [ "," ] ] "]" ;
    Map            = "{" [ Entry { "," Entry } [ "," ] ] "}" ;
    Entry          = Expression ":" Expression ;

    literal        = int | double | duration | string | "true" | "false" | "null" ;
    int            = digit { digit } | "0x" hex { hex } ;
    double         = { digit } "." digit { digit } [ exponent ] | digit { digit } exponent ;
    exponent       = ( "e" | "E" ) [ "+" | "-" ] digit { digit } ;
    duration       = amount unit { amount unit } ;
    amount         = digit { digit } [ "." digit { digit } ] | "." digit { digit } ;
    unit           = "h" | "m" | "s" | "ms" | "us" | "µs" | "ns" ;
    string         = [ "r" | "R" ] ( "'" { char } "'" | '"' { char } '"'
                   | "'''" { char | newline } "'''" | '"""' { char | newline } '"""' ) ;
    escape         = "\" ( "a" | "b" | "f" | "n" | "r" | "t" | "v" | "\" | "?" | '"' | "'" | "`"
                   | ( "x" | "X" ) hex hex | "u" hex hex hex hex
                   | "U" hex hex hex hex hex hex hex hex | octal octal octal ) ;
    name           = field - reserved ;
    field          = ( letter | "_" ) { letter | digit | "_" } - ( "true" | "false" | "null" | "in" ) ;
    quoted         = "`" ( letter | digit | sign ) { letter | digit | sign } "`" ;
    sign           = "_" | "." | "-" | "/" | " " ;
    reserved       = "as" | "break" | "const" | "continue" | "else" | "for" | "function" | "if"
                   | "import" | "let" | "loop" | "namespace" | "package" | "return" | "var" | "void"
                   | "while" ;
    comment        = "//" { char } newline ;

    """#
}
