//! The tags of a template, taken apart as far as it must be known which rows they read.

use super::{Names, TemplateCause, TemplateFault};

/// Words of the template language, which name nothing.
const WORDS: [&str; 14] =
    ["and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "True", "False", "None", "recursive"];

/// A name that an expression reads: `crime.months`, `measure["DA-01"].value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowReference<'t> {
    /// The name.
    pub name: &'t str,
    /// Where the name begins in the template, in bytes.
    pub start: usize,
    /// The name with what stands in brackets behind it: `measure["DA-01"]`.
    pub base: &'t str,
    /// The attribute of the base.
    pub column: Option<&'t str>,
}

impl RowReference<'_> {
    /// Whether one row of several is picked.
    pub fn has_key(&self) -> bool {
        self.base.len() > self.name.len()
    }
}

/// A `{{ … }}` of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed<'t> {
    /// The first byte of the template that belongs to it.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// What stands between the braces, with the marks that trim the text around it: `- crime.months -`.
    pub inside: &'t str,
    /// The names that it reads, in their order.
    pub references: Vec<RowReference<'t>>,
}

/// Every `{{ … }}` of a template, as far as it can be read.
pub fn printed(template: &str) -> Vec<Printed<'_>> {
    let printed = tags(template).into_iter().filter(|tag| tag.is_printed);
    printed
        .map(|tag| Printed {
            start: tag.start - 2,
            end: tag.start + tag.inside.len() + 2,
            inside: tag.inside,
            references: references(tag.inside, tag.start),
        })
        .collect()
}

/// The blocks of a template that take a text up instead of printing it, each a mistake at its line: what they take up would
/// be escaped twice.
pub(super) fn block_faults(template: &str) -> Vec<TemplateFault> {
    let tags = tags(template);
    let said = tags.iter().filter_map(|tag| Some((tag, tag.takes_text_up()?)));
    said.map(|(tag, said)| {
        let line = template[..tag.start].matches('\n').count() + 1;
        let cause = TemplateCause::Unreadable(said.to_owned());
        TemplateFault { line, cause, given: String::new(), known: Vec::new() }
    })
    .collect()
}

/// What is wrong with the names of rows: `keyed` are picked by a key, `looped` are gone through by `for`, each with the names
/// of its columns. One that is picked or gone through has not the column, or none of those with a key is picked.
pub fn row_faults(template: &str, keyed: &Names<'_>, looped: &Names<'_>) -> Vec<TemplateFault> {
    let mut faults = Vec::new();
    // The variables of the loops around a tag, with the name of the rows that each goes through.
    let mut loops: Vec<Option<(&str, &str)>> = Vec::new();
    for tag in tags(template) {
        let around = |name: &str| loops.iter().rev().flatten().find(|(variable, _)| *variable == name);
        for reference in references(tag.inside, tag.start) {
            let line = template[..reference.start].matches('\n').count() + 1;
            let name = around(reference.name).map_or(reference.name, |(_, rows)| rows);
            let columns = if name == reference.name { keyed.get(name) } else { looped.get(name) };
            let (Some(Some(columns)), Some(column)) = (columns, reference.column) else { continue };
            if name == reference.name && !reference.has_key() {
                let said = format!("{name} has a row for each key: write {name}[\"…\"].{column}");
                let cause = TemplateCause::Unreadable(said);
                faults.push(TemplateFault { line, cause, given: String::new(), known: Vec::new() });
            } else if !columns.iter().any(|one| one == column) {
                let (given, known) = (column.to_owned(), columns.clone());
                faults.push(TemplateFault { line, cause: TemplateCause::Attribute(name.to_owned()), given, known });
            }
        }
        match tag.words().as_slice() {
            ["for", variable, "in", rows, ..] => loops.push(Some((*variable, *rows))),
            ["for", ..] => loops.push(None),
            ["endfor", ..] => drop(loops.pop()),
            _ => {}
        }
    }
    faults
}

/// What stands between two braces, or between a brace and a `%`.
struct Tag<'t> {
    is_printed: bool,
    /// Where `inside` begins in the template, in bytes.
    start: usize,
    inside: &'t str,
}

impl<'t> Tag<'t> {
    /// The words of a statement, without the marks that trim the text around it.
    fn words(&self) -> Vec<&'t str> {
        if self.is_printed {
            return Vec::new();
        }
        self.inside.trim_matches(['-', '+']).split_whitespace().collect()
    }

    /// What to write instead of a block that takes up what stands in it, if the tag begins one.
    fn takes_text_up(&self) -> Option<&'static str> {
        match *self.words().first()? {
            "filter" => {
                Some("a text cannot be put through a filter: write the filter behind each value, as in {{ a | money }}")
            }
            // `set a = b` has its value with it; what follows a bar is a filter.
            "set" if !self.inside.split('|').next()?.contains('=') => {
                Some("a text cannot be set to a name: set a value, as in {% set total = a + b %}")
            }
            _ => None,
        }
    }
}

/// The tags in their order; comments, and what stands between `raw` and `endraw`, are none.
fn tags(template: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = template[at..].find('{') {
        let open = at + found;
        let (is_printed, close) = match template.as_bytes().get(open + 1) {
            Some(b'{') => (true, "}}"),
            Some(b'%') => (false, "%}"),
            Some(b'#') => {
                at = template[open..].find("#}").map_or(template.len(), |end| open + end + 2);
                continue;
            }
            _ => {
                at = open + 1;
                continue;
            }
        };
        let start = open + 2;
        let Some(length) = length_of_tag(&template[start..], close) else { break };
        let inside = &template[start..start + length];
        at = start + length + 2;
        let tag = Tag { is_printed, start, inside };
        if tag.words() == ["raw"] {
            at = template[at..].find("endraw").map_or(template.len(), |end| at + end);
        }
        tags.push(tag);
    }
    tags
}

/// The bytes before the end of a tag that stands neither in a text nor in brackets.
fn length_of_tag(rest: &str, close: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = 0;
    while at < rest.len() {
        if depth == 0 && rest[at..].starts_with(close) {
            return Some(at);
        }
        let next = rest[at..].chars().next()?;
        at += match next {
            '"' | '\'' => length_of_text(&rest[at..], next),
            _ => next.len_utf8(),
        };
        match next {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The bytes of a quoted text, both quotes included.
fn length_of_text(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The names that an expression reads. Filters, tests, functions, the names of arguments, and what stands in the
/// brackets behind a name are none.
fn references(inside: &str, start: usize) -> Vec<RowReference<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    // What the last word or mark was.
    let mut last = "";
    while let Some(next) = inside[at..].chars().next() {
        let rest = &inside[at..];
        if next == '"' || next == '\'' {
            at += length_of_text(rest, next);
            last = "text";
        } else if next.is_alphabetic() || next == '_' {
            let name = &rest[..word_length(rest)];
            let is_named = matches!(last, "." | "|" | "is") || WORDS.contains(&name);
            let after = rest[name.len()..].trim_start();
            let is_call = after.starts_with('(');
            let is_argument = after.starts_with('=') && !after.starts_with("==");
            let mut length = name.len();
            if !is_named && !is_call && !is_argument {
                length = base_length(rest, name.len());
                let column = rest[length..].trim_start().strip_prefix('.').map(str::trim_start);
                let column = column.map(|column| &column[..word_length(column)]).filter(|column| !column.is_empty());
                found.push(RowReference { name, start: start + at, base: &rest[..length], column });
            }
            // "is not" leaves it to the next word to be the name of the test.
            last = if last == "is" && name == "not" { "is" } else { name };
            at += length;
        } else {
            let length = next.len_utf8();
            if !next.is_whitespace() {
                last = &rest[..length];
            }
            // A number such as 2.5 or 1e3 has no name in it.
            let digits = rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
            at += if next.is_numeric() { digits.max(length) } else { length };
        }
    }
    found
}

fn word_length(rest: &str) -> usize {
    rest.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(rest.len())
}

/// The length of a name with the brackets behind it.
fn base_length(rest: &str, name: usize) -> usize {
    let gap = rest[name..].len() - rest[name..].trim_start().len();
    let Some(inside) = rest[name + gap..].strip_prefix('[') else { return name };
    length_of_tag(inside, "]").map_or(name, |length| name + gap + 1 + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(template: &str) -> Vec<(&str, Option<&str>)> {
        printed(template)
            .into_iter()
            .flat_map(|printed| printed.references)
            .map(|reference| (reference.base, reference.column))
            .collect()
    }

    #[test]
    fn the_names_that_an_expression_reads_are_found() {
        for (template, expected) in [
            ("{{ crime.months }}", vec![("crime", Some("months"))]),
            ("{{- measure[\"DA-01\"].value | integer -}}", vec![("measure[\"DA-01\"]", Some("value"))]),
            ("{{ measure['a]}}b'] . value }}", vec![("measure['a]}}b']", Some("value"))]),
            ("{{ measure[one.key].value }}", vec![("measure[one.key]", Some("value"))]),
            ("{{ (a.x - b.y) / 2.5 }}", vec![("a", Some("x")), ("b", Some("y"))]),
            ("{{ a.x if b.y is not defined else c }}", vec![("a", Some("x")), ("b", Some("y")), ("c", None)]),
            ("{{ range(n, step=k.z) }}", vec![("n", None), ("k", Some("z"))]),
            ("{{ {\"a\": b.c}[\"a\"] }}", vec![("b", Some("c"))]),
            ("{# {{ a.x }} #}{% raw %}{{ b.y }}{% endraw %}{{ c.z }}", vec![("c", Some("z"))]),
            ("{% if a.x %}{ {b.y} {{ 'c.z' }}{% endif %}", vec![]),
            ("{% set d = 1 %}{{ c.x }}", vec![("c", Some("x"))]),
            ("{{ a.x", vec![]),
        ] {
            assert_eq!(read(template), expected, "{template}");
        }
    }

    #[test]
    fn a_block_that_takes_a_text_up_is_a_mistake() {
        let (set, filter) = ("a text cannot be set to a name", "a text cannot be put through a filter");
        for (template, expected) in [
            (
                "{% set a = b.x %}{%- set c = a|upper -%}{% set d='a|b' %}{{ a }}{% raw %}{% set e %}{% endraw %}",
                vec![],
            ),
            ("one\n{%- set a -%}{{ b.x }}{% endset %}", vec![(2, set)]),
            (
                "{% set a | default('x=y') %}\n{% endset %}\n{% filter upper %}x{% endfilter %}",
                vec![(1, set), (3, filter)],
            ),
        ] {
            let faults = block_faults(template).into_iter().map(|fault| (fault.line, fault.to_string()));
            let faults: Vec<(usize, String)> = faults.collect();
            assert_eq!(faults.len(), expected.len(), "{template}: {faults:?}");
            for ((line, said), (expected_line, begin)) in faults.iter().zip(expected) {
                assert!(*line == expected_line && said.starts_with(begin), "{template}: {faults:?}");
            }
        }
    }

    #[test]
    fn rows_are_picked_by_a_key_and_have_their_columns() {
        let columns = || Some(vec!["key".to_owned(), "value".to_owned()]);
        let (keyed, looped) = (Names::from([("measure", columns())]), Names::from([("lines", columns())]));
        for (template, line, what) in [
            ("{{ measure[\"A\"].value }}{% for row in measure %}{{ row }}{% endfor %}{{ other.x }}", 0, ""),
            ("\n{% if measure[\"A\"] %}{{ measure[\"A\"].vlaue }}{% endif %}", 2, "measure has no column vlaue"),
            ("{{ measure.value }}", 1, "measure has a row for each key: write measure[\"…\"].value"),
            ("{%- for one in lines -%}{{ one.value }}{% endfor %}{{ one.vlaue }}", 0, ""),
            ("{% for one in lines %}\n{% if one.vlaue %}{% endif %}{% endfor %}", 2, "lines has no column vlaue"),
            ("{% for one in lines %}{% for one in other %}{{ one.vlaue }}{% endfor %}{% endfor %}", 0, ""),
            (
                "{% for one in lines %}{% for a, b in other %}{% endfor %}{{ one.vlaue }}{% endfor %}",
                1,
                "lines has no column vlaue",
            ),
            ("{% for measure in lines %}{{ measure.value }}{% endfor %}", 0, ""),
        ] {
            let faults: Vec<(usize, String)> = row_faults(template, &keyed, &looped)
                .into_iter()
                .map(|fault| (fault.line, fault.to_string()))
                .collect();
            let expected = if what.is_empty() { Vec::new() } else { vec![(line, what.to_owned())] };
            assert_eq!(faults, expected, "{template}");
        }
    }
}
