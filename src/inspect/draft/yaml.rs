//! A drafted table schema as YAML, each guess with a comment.

use super::{Draft, Note};
use crate::model::on_one_line;
use crate::schema::{
    Across, Blocks, Constraints, Direction, Field, FieldOptions, FieldType, HeadingFill, HeadingOptions, Layout,
    Pattern, RowOptions, Shorthand, StatedRows, TableOptions, Treatment, Unit, ValuePlace, Window,
};

/// So many cells of a note are written.
const MOST_CELLS: usize = 5;

/// The YAML of a drafted table; `above` are the lines of comment on top.
pub fn table_yaml(draft: &Draft, above: &[String]) -> String {
    let mut writer = Writer { text: String::new(), notes: &draft.notes };
    writer.comment("yaml-language-server: $schema=../editor/table.schema.json");
    above.iter().for_each(|line| writer.comment(line));
    let schema = &draft.schema;
    writer.line(0, "fields:", "fields");
    for (index, field) in schema.fields.iter().enumerate() {
        writer.field(field, &format!("fields[{index}]"));
    }
    if !schema.primary_key.is_empty() {
        writer.line(0, &format!("primaryKey: {}", flow(schema.primary_key.iter())), "primaryKey");
    }
    if !schema.missing_values.is_empty() {
        let values = flow(schema.missing_values.iter().map(String::as_str));
        writer.line(0, &format!("missingValues: {values}"), "missingValues");
    }
    writer.table(&schema.crosscast);
    writer.text
}

/// Writes lines, each with what the notes say of its place.
struct Writer<'d> {
    text: String,
    notes: &'d [Note],
}

impl Writer<'_> {
    fn comment(&mut self, text: &str) {
        self.text.push_str(&format!("# {}\n", plain(text)));
    }

    /// A line, indented by so many spaces, with the notes on a place behind it.
    fn line(&mut self, indent: usize, line: &str, path: &str) {
        let notes: Vec<String> = self.notes.iter().filter(|note| note.path == path).map(said).collect();
        let comment = if notes.is_empty() { String::new() } else { format!("  # {}", notes.join("; ")) };
        self.text.push_str(&format!("{}{line}{comment}\n", " ".repeat(indent)));
    }

    fn field(&mut self, field: &Field, path: &str) {
        self.line(2, &format!("- name: {}", scalar(&field.name)), &format!("{path}.name"));
        self.line(4, &format!("title: {}", scalar(&field.title)), &format!("{path}.title"));
        self.line(4, &format!("type: {}", word_of_type(field.field_type)), &format!("{path}.type"));
        for (key, words) in [("trueValues", &field.true_values), ("falseValues", &field.false_values)] {
            if !words.is_empty() {
                self.line(4, &format!("{key}: {}", flow(words.iter().map(String::as_str))), &format!("{path}.{key}"));
            }
        }
        self.constraints(&field.constraints, &format!("{path}.constraints"));
        self.options(&field.crosscast, &format!("{path}.crosscast"));
    }

    fn constraints(&mut self, constraints: &Constraints, path: &str) {
        let mut keys: Vec<(&str, String)> = Vec::new();
        if constraints.required {
            keys.push(("required", "true".to_owned()));
        }
        if constraints.unique {
            keys.push(("unique", "true".to_owned()));
        }
        keys.extend(constraints.pattern.as_ref().map(|pattern| ("pattern", quoted(pattern.text()))));
        if !constraints.allowed.is_empty() {
            keys.push(("enum", flow(constraints.allowed.iter().map(String::as_str))));
        }
        self.mapping(4, "constraints", path, &keys);
    }

    fn options(&mut self, options: &FieldOptions, path: &str) {
        let mut keys: Vec<(&str, String)> = Vec::new();
        if !options.aliases.is_empty() {
            keys.push(("aliases", flow(options.aliases.iter().map(String::as_str))));
        }
        keys.extend(options.unit.map(|unit| ("unit", if unit == Unit::Gbp { "GBP" } else { "percent" }.to_owned())));
        if options.window == Window::Year {
            keys.push(("window", "year".to_owned()));
        }
        if options.optional {
            keys.push(("optional", "true".to_owned()));
        }
        if !options.path.is_empty() {
            keys.push(("path", flow(options.path.iter().map(String::as_str))));
        }
        keys.extend(options.heading.as_ref().map(|heading| ("heading", quoted(heading.text()))));
        if options.value == Some(ValuePlace::Towards(Direction::Below)) {
            keys.push(("value", "below".to_owned()));
        }
        keys.extend(options.section.as_ref().map(|section| ("section", quoted(section.text()))));
        for code in options.checks.iter().filter(|(_, check)| check.off == Some(true)).map(|(code, _)| code) {
            keys.push(("checks", format!("{{{code}: {{off: true}}}}")));
        }
        let has_more = !options.shorthand.is_empty();
        if keys.is_empty() && has_more {
            self.line(4, "crosscast:", path);
        }
        self.mapping(4, "crosscast", path, &keys);
        if has_more {
            self.line(6, "shorthand:", &format!("{path}.shorthand"));
            for (text, value) in &options.shorthand {
                let value = match value {
                    Shorthand::Figure(figure) => figure.text().to_owned(),
                    Shorthand::Meaning(meaning) => scalar(meaning),
                };
                let line = format!("{}: {value}", quoted(text));
                self.line(8, &line, &format!("{path}.shorthand.{text}"));
            }
        }
    }

    /// A mapping of plain values, a line each; nothing where it is empty.
    fn mapping(&mut self, indent: usize, name: &str, path: &str, keys: &[(&str, String)]) {
        if keys.is_empty() {
            return;
        }
        self.line(indent, &format!("{name}:"), path);
        for (key, value) in keys {
            self.line(indent + 2, &format!("{key}: {value}"), &format!("{path}.{key}"));
        }
    }

    fn table(&mut self, options: &TableOptions) {
        self.line(0, "crosscast:", "crosscast");
        self.line(2, &format!("title: {}", scalar(&options.title)), "crosscast.title");
        let layout = word_of_layout(options.layout);
        let says_layout = self.notes.iter().any(|note| note.path == "crosscast.layout");
        if options.layout != Layout::Rows || says_layout {
            self.line(2, &format!("layout: {layout}"), "crosscast.layout");
        }
        let nth = options.locate.nth.map(|nth| ("nth", nth.to_string()));
        self.mapping(2, "locate", "crosscast.locate", &nth.into_iter().collect::<Vec<_>>());
        self.headings(&options.headings);
        self.rows(&options.rows);
        if let Some(across) = &options.across {
            self.across(across);
        }
        if let Some(blocks) = &options.blocks {
            self.blocks(blocks);
        }
        if !options.form.ignore.is_empty() {
            let ignore = patterns(&options.form.ignore);
            self.mapping(2, "form", "crosscast.form", &[("ignore", ignore)]);
        }
    }

    fn headings(&mut self, headings: &HeadingOptions) {
        let mut keys: Vec<(&str, String)> = Vec::new();
        if headings.rows.get() > 1 {
            keys.push(("rows", headings.rows.to_string()));
        }
        match headings.fill {
            HeadingFill::Merged => {}
            HeadingFill::Right => keys.push(("fill", "right".to_owned())),
            HeadingFill::None => keys.push(("fill", "none".to_owned())),
        }
        if headings.skip_rows > 0 {
            keys.push(("skip_rows", headings.skip_rows.to_string()));
        }
        self.mapping(2, "headings", "crosscast.headings", &keys);
    }

    fn rows(&mut self, rows: &RowOptions) {
        let mut keys: Vec<(&str, String)> = Vec::new();
        if !rows.sections.is_empty() {
            let each = rows.sections.iter().map(|section| match &section.pattern {
                Some(pattern) => format!("{{field: {}, match: {}}}", section.field, quoted(pattern.text())),
                None => format!("{{field: {}}}", section.field),
            });
            keys.push(("sections", format!("[{}]", each.collect::<Vec<_>>().join(", "))));
        }
        for (key, fields) in [("fill_down", &rows.fill_down), ("require", &rows.require)] {
            if !fields.is_empty() {
                keys.push((key, flow(fields.iter().map(String::as_str))));
            }
        }
        for (key, sums) in [("totals", &rows.totals), ("subtotals", &rows.subtotals)] {
            keys.extend(sums.as_ref().map(|sums| (key, stated(sums))));
        }
        if !rows.skip.is_empty() {
            keys.push(("skip", patterns(&rows.skip)));
        }
        if rows.repeated_headings {
            keys.push(("repeated_headings", "true".to_owned()));
        }
        if let Some(end) = &rows.end {
            let text = end.pattern.as_ref().map(|pattern| format!("match: {}", quoted(pattern.text())));
            let blank = end.blank_rows.map(|rows| format!("blank_rows: {rows}"));
            let each: Vec<String> = text.into_iter().chain(blank).collect();
            keys.push(("end", format!("{{{}}}", each.join(", "))));
        }
        self.mapping(2, "rows", "crosscast.rows", &keys);
    }

    fn across(&mut self, across: &Across) {
        let mut keys: Vec<(&str, String)> = vec![("from", quoted(across.from.text()))];
        keys.extend(across.to.as_ref().map(|to| ("to", quoted(to.text()))));
        keys.push(("into", flow(across.into.iter().map(String::as_str))));
        keys.push(("value", scalar(&across.value)));
        keys.extend(across.totals.as_ref().map(|totals| {
            let treatment = word_of_treatment(totals.treatment);
            ("totals", format!("{{match: {}{treatment}}}", quoted(totals.pattern.text())))
        }));
        if !across.skip_columns.is_empty() {
            keys.push(("skip_columns", patterns(&across.skip_columns)));
        }
        self.mapping(2, "across", "crosscast.across", &keys);
    }

    fn blocks(&mut self, blocks: &Blocks) {
        let mut keys: Vec<(&str, String)> = vec![("start", quoted(blocks.start.text()))];
        if blocks.layout != Layout::Rows {
            keys.push(("layout", word_of_layout(blocks.layout).to_owned()));
        }
        self.mapping(2, "blocks", "crosscast.blocks", &keys);
    }
}

/// A note as a comment.
fn said(note: &Note) -> String {
    let cells: Vec<&str> = note.cells.iter().take(MOST_CELLS).map(|cell| &**cell).collect();
    let text = if cells.is_empty() { note.text.clone() } else { format!("{}: {}", note.text, cells.join(", ")) };
    plain(&text)
}

/// A text as a comment can hold it.
fn plain(text: &str) -> String {
    on_one_line(text).chars().map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }).collect()
}

fn word_of_type(field_type: FieldType) -> &'static str {
    match field_type {
        FieldType::String => "string",
        FieldType::Integer => "integer",
        FieldType::Number => "number",
        FieldType::Boolean => "boolean",
        FieldType::Date => "date",
        FieldType::Yearmonth => "yearmonth",
    }
}

fn word_of_layout(layout: Layout) -> &'static str {
    match layout {
        Layout::Rows => "rows",
        Layout::Form => "form",
        Layout::Crosstab => "crosstab",
        Layout::Blocks => "blocks",
    }
}

fn word_of_treatment(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::Check => "",
        Treatment::Drop => ", do: drop",
        Treatment::Keep => ", do: keep",
    }
}

fn stated(sums: &StatedRows) -> String {
    format!("{{match: {}{}}}", quoted(sums.pattern.text()), word_of_treatment(sums.treatment))
}

fn patterns<'p, P: std::ops::Deref<Target = Pattern> + 'p>(patterns: impl IntoIterator<Item = &'p P>) -> String {
    let each: Vec<String> = patterns.into_iter().map(|pattern| quoted(pattern.text())).collect();
    format!("[{}]", each.join(", "))
}

/// A list on one line.
fn flow<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    format!("[{}]", texts.map(scalar).collect::<Vec<_>>().join(", "))
}

/// A text as YAML has it: plain where nothing could be meant but that text, else in quotes.
pub(super) fn scalar(text: &str) -> String {
    let is_word = |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '_' | '-' | '.' | '/' | '(' | ')' | '£');
    let lower = text.to_lowercase();
    let means_else = ["true", "false", "yes", "no", "y", "n", "on", "off", "null", "nan", "inf"];
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(is_word)
        && !text.ends_with(' ')
        && !means_else.contains(&lower.as_str())
        && text.parse::<f64>().is_err();
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let is_odd = |sign: char| {
        sign.is_control()
            || (sign.is_whitespace() && sign != ' ')
            || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
    };
    if !text.chars().any(is_odd) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            sign if is_odd(sign) => quoted.push_str(&format!("\\u{:04x}", u32::from(sign))),
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::super::DraftPlace;
    use super::*;
    use crate::schema::{TableSchema, parse_yaml};

    #[derive(serde::Deserialize, validator::Validate)]
    struct Held {
        text: String,
        #[serde(default)]
        list: Vec<String>,
    }

    #[test]
    fn texts_come_back_as_they_were() {
        for text in [
            "Date paid",
            "No",
            "yes",
            "2022",
            "1e3",
            "a: b",
            "#x",
            " led ",
            "it's",
            "\"quoted\"",
            "C:\\x",
            "a\nb",
            "£",
            "%",
            "~",
            "-",
            "[x]",
            "{a}",
            "a, b",
            "null",
            "\u{a0}",
            "0x10",
            "é",
            "*",
            "&a",
            "!b",
            "@c",
            "`d",
            "a #b",
            "2022-04-01",
        ] {
            let yaml = format!("text: {}\nlist: [{}, {}]\n", scalar(text), scalar(text), quoted(text));
            let mut mistakes = Vec::new();
            let held: Held =
                parse_yaml("test.yaml", &yaml, &mut mistakes).unwrap_or_else(|| panic!("{text:?} {mistakes:?}"));
            assert_eq!((held.text.as_str(), held.list), (text, vec![text.to_owned(); 2]), "{yaml}");
        }
    }

    /// A schema with each key that drafts have.
    const WHOLE: &str = r#"
fields:
  - {name: section, title: Section, type: string}
  - {name: paid, title: 'No', type: date, constraints: {required: true}, crosscast: {window: year, optional: true}}
  - {name: code, title: 'Code: a', type: string, constraints: {unique: true, pattern: 'INV-\d{4}'}}
  - {name: kind, title: "It's", type: string, constraints: {enum: [One, 'yes', '2022']}, crosscast: {aliases: [Sort]}}
  - {name: final, title: Final, type: boolean, trueValues: ['Yes'], falseValues: ['No']}
  - name: value
    title: Value
    type: number
    crosscast:
      unit: GBP
      path: [Actual, '2022']
      heading: 'Name:?'
      value: below
      section: 'A: b'
      checks: {total-mismatch: {off: true}}
      shorthand: {'-': 0, '[x]': not available}
primaryKey: [code]
missingValues: ['< Select >']
crosscast:
  title: Whole
  layout: crosstab
  locate: {nth: 2}
  headings: {rows: 2, fill: right, skip_rows: 1}
  rows:
    sections: [{field: section}]
    fill_down: [kind]
    require: [code]
    totals: {match: 'All of it'}
    subtotals: {match: 'total .+', do: drop}
    skip: ['of which.*']
    repeated_headings: true
    end: {match: 'Notes:', blank_rows: 2}
  across: {from: 'April', to: 'March', into: [kind], value: value, totals: {match: 'Total'}, skip_columns: ['Variance']}
  blocks: {start: 'Project (?P<code>.+)', layout: crosstab}
  form: {ignore: ['\(.*\)']}
"#;

    #[test]
    fn a_schema_comes_back_as_it_was() {
        let read = |yaml: &str| -> TableSchema {
            let mut mistakes = Vec::new();
            parse_yaml("test.yaml", yaml, &mut mistakes).unwrap_or_else(|| panic!("{mistakes:?} {yaml}"))
        };
        let schema = read(WHOLE);
        let place = DraftPlace { kind: 0, sheet: "A".into(), in_each: true, first: String::new(), more: 0 };
        let notes = vec![Note::new("fields[0].type", "a note # with\na line").at(["C5"])];
        let draft = Draft { schema: schema.clone(), notes, place, years: Vec::new() };
        let yaml = table_yaml(&draft, &["above: it".to_owned()]);
        assert!(yaml.contains("    type: string  # a note # with a line: C5\n"), "{yaml}");
        let json = |schema: &TableSchema| serde_json::to_value(schema).unwrap();
        assert_eq!(json(&read(&yaml)), json(&schema), "{yaml}");
    }

    #[test]
    fn words_stay_plain() {
        assert_eq!(scalar("Date paid (£)"), "Date paid (£)");
        assert_eq!(scalar("No"), "'No'");
    }
}
