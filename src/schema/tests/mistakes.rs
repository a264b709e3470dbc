//! Mistakes in the words of layouts: for each a table that has it, what is said of it, and one that is nearly the same.

use crate::schema::{Mistakes, Pack, PackFiles};

const PLACE: &str = "      - {table: t, sheet: S}\n";

/// What is said of a pack with one table, `tables/t.yaml`, and the given places in a workbook.
pub fn said_of(table: &str, places: &str) -> Vec<String> {
    let mut files = PackFiles::default();
    files.insert(
        "partnership.yaml",
        format!(
            "name: A\nshort_name: A\ncommittee: A\nyears: [{{name: 2022-23, start: 2022-04-01, end: 2023-03-31}}]\n\
             workbooks:\n  - name: w\n    files: '(?P<month>.*)'\n    tables:\n{places}"
        ),
    );
    files.insert("consolidated.yaml", "title: A\nsheets: [{name: A, title: A, table: t}]\n");
    files.insert("appendix.md", "# A\n");
    files.insert("tables/t.yaml", table);
    let (_, mistakes) = Pack::parse_all(files);
    Mistakes::new(mistakes).all().iter().map(ToString::to_string).collect()
}

/// A table of the fields `area`, `month`, `count` and `amount`, with something under `crosscast`.
fn table(crosscast: &str) -> String {
    format!(
        "fields:\n  - {{name: area, type: string}}\n  - {{name: month, type: yearmonth}}\n  - {{name: count, type: integer}}\n  \
         - {{name: amount, type: number, crosscast: {{unit: GBP}}}}\ncrosscast:\n{crosscast}"
    )
}

/// Holds what is wrong to one mistake of the table, told from the line on, and what is nearly the same to none.
fn one_mistake(wrong: &str, expected: &str, near: &str) {
    assert_eq!(said_of(wrong, PLACE), [format!("tables/t.yaml, {expected}")], "{wrong}");
    assert_eq!(said_of(near, PLACE), [""; 0], "{near}");
}

#[test]
fn names_that_are_no_field() {
    let likely = "is not a field of this table. Did you mean area? Allowed: amount, area, count, month.";
    for (wrong, path) in [
        ("  rows: {sections: [{field: aera}]}\n", "rows.sections[0].field"),
        ("  rows: {fill_down: [month, aera]}\n", "rows.fill_down[1]"),
        ("  rows: {require: [aera]}\n", "rows.require[0]"),
        ("  {layout: crosstab, across: {from: April, into: [aera], value: amount}}\n", "across.into[0]"),
        ("  {layout: crosstab, across: {from: April, into: [month], value: aera}}\n", "across.value"),
    ] {
        let line = if wrong.starts_with("  {") { 6 } else { 7 };
        let expected = format!("line {line}, crosscast.{path}: aera {likely}");
        one_mistake(&table(wrong), &expected, &table(&wrong.replace("aera", "area")));
    }
    one_mistake(
        &table("  rows:\n    sections:\n      - field: month\n      - field: aera\n"),
        &format!("line 10, crosscast.rows.sections[1].field: aera {likely}"),
        &table("  rows:\n    sections:\n      - field: month\n      - field: area\n"),
    );
}

#[test]
fn words_of_another_layout() {
    let across = "  across: {from: April, into: [month], value: amount}\n";
    one_mistake(
        &table(across),
        "line 7, crosscast.across: across is only for a crosstab, and the layout of this table is rows: write layout: \
         crosstab, or take across away.",
        &table(&format!("  layout: crosstab\n{across}")),
    );
    one_mistake(
        &table("  layout: crosstab\n"),
        "line 7, crosscast.layout: a crosstab needs the key across, which says what goes across: from, into and value.",
        &table("  layout: rows\n"),
    );
    one_mistake(
        &table("  layout: blocks\n  blocks: {start: Area .*, layout: crosstab}\n"),
        "line 8, crosscast.blocks.layout: a crosstab needs the key across, which says what goes across: from, into and value.",
        &table(&format!("  layout: blocks\n  blocks: {{start: Area .*, layout: crosstab}}\n{across}")),
    );
    one_mistake(
        &table(&format!("  layout: blocks\n  blocks: {{start: Area .*}}\n{across}")),
        "line 9, crosscast.across: across is only for a crosstab, and the layout of this table is rows: write layout: \
         crosstab, or take across away.",
        &table("  layout: blocks\n  blocks: {start: Area .*}\n"),
    );
    one_mistake(
        &table("  blocks: {start: Area .*}\n"),
        "line 7, crosscast.blocks: blocks is only for the layout blocks, and the layout of this table is rows: write \
         layout: blocks, or take blocks away.",
        &table("  layout: blocks\n  blocks: {start: Area .*}\n"),
    );
    one_mistake(
        &table("  layout: blocks\n"),
        "line 7, crosscast.layout: the layout blocks needs the key blocks, with start: the pattern of the line that begins \
         each block.",
        &table("  layout: form\n"),
    );
    one_mistake(
        &table("  layout: blocks\n  blocks:\n    start: Area .*\n    layout: blocks\n"),
        "line 10, crosscast.blocks.layout: blocks cannot be made of blocks. Allowed: crosstab, form, rows.",
        &table("  layout: blocks\n  blocks:\n    start: Area .*\n    layout: form\n"),
    );
    one_mistake(
        &table("  form: {value: below}\n"),
        "line 7, crosscast.form: form is only for a form, and the layout of this table is rows.",
        &table("  layout: form\n  form: {value: below}\n"),
    );
    one_mistake(
        &table("  layout: blocks\n  blocks: {start: Area .*}\n  form: {ignore: [Hint]}\n"),
        "line 9, crosscast.form: form is only for a form, and the layout of this table is rows.",
        &table("  layout: blocks\n  blocks: {start: Area .*, layout: form}\n  form: {ignore: [Hint]}\n"),
    );
    one_mistake(
        &table("  layout: form\n  form: {value: {right: 0}}\n"),
        "line 8, crosscast.form.value: 0 columns to the right and 0 rows below is the label itself: say how far from it the \
         value stands.",
        &table("  layout: form\n  form: {value: {below: 1}}\n"),
    );
}

#[test]
fn places() {
    for (both, expected) in [
        ("name: Paid, table: Payments", "line 7, crosscast.locate.table: name and table each say"),
        ("name: Paid, range: 'A:C'", "line 7, crosscast.locate.range: name and range each say"),
        (
            "name: Paid, table: Payments, range: 'A:C'",
            "line 7, crosscast.locate.table: name and table and range each say",
        ),
    ] {
        let expected = format!("{expected} in which cells the table stands: give one of them.");
        let near = table("  locate: {name: Paid, after: Payments, nth: 2}\n");
        one_mistake(&table(&format!("  locate: {{{both}}}\n")), &expected, &near);
    }
    for range in ["B", "5", "B5:", "H40:B5", "B:5", "Sheet!B5", "B5:H40,J1", "0:4", "XFE1"] {
        let expected = format!(
            "line 8, crosscast.locate.range: {range} is not a range of cells: write it as B5:H40, or B:H for whole columns."
        );
        let with = |range: &str| table(&format!("  locate:\n    range: '{range}'\n"));
        for near in ["B5:H40", "$B$5:$H$40", "B:H", "5:40", "b5"] {
            one_mistake(&with(range), &expected, &with(near));
        }
    }
    let blocks = "  layout: blocks\n  blocks: {start: Area .*}\n";
    one_mistake(
        &table(&format!("{blocks}  locate: {{nth: 2}}\n")),
        "line 9, crosscast.locate.nth: nth chooses one of several tables, and of blocks all are read: take nth away.",
        &table(&format!("{blocks}  locate: {{after: Payments}}\n")),
    );
}

#[test]
fn groups_of_patterns_that_are_no_field() {
    let blocks = |start: &str| table(&format!("  layout: blocks\n  blocks:\n    start: '{start}'\n"));
    one_mistake(
        &blocks("Area: (?P<aera>.*)"),
        "line 9, crosscast.blocks.start: the group aera of the pattern is not a field of this table, so what it catches \
         would be lost. Did you mean area? Allowed: amount, area, count, month.",
        &blocks("Area: (?P<area>.*)"),
    );
    one_mistake(
        &table("  rows: {sections: [{field: area, match: '(?P<month>.*) area'}]}\n"),
        "line 7, crosscast.rows.sections[0].match: the group month of the pattern is not the field of the section, area, so \
         what it catches would be lost. Allowed: area.",
        &table("  rows: {sections: [{field: area, match: '(?P<area>.*) area'}]}\n"),
    );
    let place = |sheet: &str| said_of(&table("  title: T\n"), &format!("      - {{table: t, sheet: {sheet}}}\n"));
    assert_eq!(
        place("{match: '(?P<moth>.*)'}"),
        [
            "partnership.yaml, line 9, workbooks[0].tables[0].sheet.match: the group moth of the pattern is not a field of \
             the table t, so what it catches would be lost. Did you mean month? Allowed: amount, area, count, month."
        ]
    );
    // The month in the name of the file is the workbook's own, and need not be a field.
    assert_eq!(place("{match: '(?P<month>.*)'}"), [""; 0]);
    assert_eq!(place("{match: '.* (20..)'}"), [""; 0]);
}

#[test]
fn a_table_on_the_same_sheet_twice() {
    let said = |places: &[&str]| {
        let places: Vec<String> =
            places.iter().map(|sheet| format!("      - table: t\n        sheet: {sheet}\n")).collect();
        said_of(&table("  title: T\n"), &places.concat())
    };
    let at = "partnership.yaml, line 12, workbooks[0].tables[1].sheet: the table t is read from";
    for (places, expected) in [
        (["April 2022", "april  2022"], "the sheet april  2022 already: its rows would be counted twice."),
        (["{match: .*}", "April"], ".* already, which has sheets of April: its rows would be counted twice."),
        (["April", "{match: A.*}"], "April already, which has sheets of A.*: its rows would be counted twice."),
        (
            ["{match: .*}", "{match: .*, hidden: true}"],
            ".* already, which has sheets of .*: its rows would be counted twice.",
        ),
    ] {
        assert_eq!(said(&places), [format!("{at} {expected}")]);
    }
    for near in [["April", "May"], ["{match: A.*}", "May"], ["{match: A.*}", "{match: M.*}"]] {
        assert_eq!(said(&near), [""; 0], "{near:?}");
    }
}

#[test]
fn what_rows_may_not_say() {
    one_mistake(
        &table("  rows: {totals: {match: Total.*}, subtotals: {match: Total.*}}\n"),
        "line 7, crosscast.rows.subtotals.match: totals and subtotals have the same pattern, so that no row could be told to \
         be the one or the other.",
        &table("  rows: {totals: {match: Grand total}, subtotals: {match: Total.*}}\n"),
    );
    one_mistake(
        &table("  rows:\n    end: {}\n"),
        "line 8, crosscast.rows.end: end says neither what stands where the table ends (match) nor how many empty rows end \
         it (blank_rows).",
        &table("  rows:\n    end: {blank_rows: 2}\n"),
    );
}

#[test]
fn what_may_not_go_across() {
    let crosstab = |headings: &str, across: &str| {
        table(&format!("  layout: crosstab\n{headings}  across:\n    from: April\n{across}"))
    };
    let near = crosstab("", "    into: [month]\n    value: amount\n");
    one_mistake(
        &crosstab("", "    into: []\n    value: amount\n"),
        "line 10, crosscast.across.into: into is empty: name the field that takes the headings, or one for each heading row.",
        &near,
    );
    let two = "    into: [area, month]\n    value: amount\n";
    one_mistake(
        &crosstab("", two),
        "line 10, crosscast.across.into: into names 2 fields, and the headings of this table stand on 1 row: each heading row \
         gives one field (see headings: rows).",
        &crosstab("  headings: {rows: 2}\n", two),
    );
    one_mistake(
        &crosstab("", "    into: [amount]\n    value: amount\n"),
        "line 10, crosscast.across.into[0]: amount would take the headings and another value as well: each needs a field of \
         its own.",
        &near,
    );
    let totals = |treatment: &str| {
        crosstab("", &format!("    into: [month]\n    value: amount\n    totals: {{match: Total, do: {treatment}}}\n"))
    };
    one_mistake(
        &totals("keep"),
        "line 12, crosscast.across.totals.do: columns that state sums are never records of a crosstab. Allowed: check, drop.",
        &totals("drop"),
    );
    one_mistake(
        &near.replace("unit: GBP", "unit: GBP, control_total: true"),
        "line 5, fields[3].crosscast.control_total: amount has a control_total, and takes the values of a crosstab, which \
         have no column of their own to be held to the approved total.",
        &table("  layout: rows\n").replace("unit: GBP", "unit: GBP, control_total: true"),
    );
}

#[test]
fn words_of_fields_that_do_not_go_with_the_layout() {
    let field = |word: &str, crosscast: &str| table(crosscast).replace("unit: GBP", word);
    one_mistake(
        &field("path: [Spend, April]", "  title: T\n"),
        "line 5, fields[3].crosscast.path: amount has a path, and the headings of this table stand on 1 row: say on how many \
         they stand with headings: {rows: 2}, or take the path away.",
        &field("path: [Spend, April]", "  headings: {rows: 2}\n"),
    );
    one_mistake(
        &field("path: [Spend, Q1, April]", "  headings: {rows: 2}\n"),
        "line 5, fields[3].crosscast.path: the path of amount has 3 headings, and the headings of this table stand on 2 rows.",
        &field("path: [Spend, Q1, April]", "  headings: {rows: 4}\n"),
    );
    one_mistake(
        &field("path: [Spend, April]", "  layout: form\n  headings: {rows: 2}\n"),
        "line 5, fields[3].crosscast.path: amount has a path, and a form has no heading rows.",
        &field("section: Spend", "  layout: form\n"),
    );
    for (word, key) in [("section: Spend", "section"), ("value: below", "value")] {
        one_mistake(
            &field(word, "  title: T\n"),
            &format!("line 5, fields[3].crosscast.{key}: amount has a {key}, which only a field of a form can have."),
            &field(word, "  layout: blocks\n  blocks: {start: Area .*, layout: form}\n"),
        );
    }
    one_mistake(
        &field("value: {}", "  layout: form\n"),
        "line 5, fields[3].crosscast.value: 0 columns to the right and 0 rows below is the label itself: say how far from it \
         the value stands.",
        &field("value: {right: 2}", "  layout: form\n"),
    );
}

#[test]
fn words_that_are_misspelt_say_what_is_allowed() {
    for (wrong, expected) in [
        (
            "  layout: crosstable\n",
            "line 7, crosscast.layout: crosstable is not allowed here. Did you mean crosstab? Allowed: blocks, crosstab, form, rows.",
        ),
        ("  locate: {nth: 0}\n", "line 7, crosscast.locate.nth: a whole number from 1 is wanted here."),
        ("  locate: {after: }\n", ""),
        (
            "  layout: form\n  form: {value: rigth}\n",
            "line 8, crosscast.form.value: rigth is not allowed here. Did you mean right? Allowed: below, right.",
        ),
        (
            "  layout: form\n  form: {value: {rigth: 1}}\n",
            "line 8, crosscast.form.value.rigth: the key rigth is not known. Did you mean right? Allowed: below, right.",
        ),
        (
            "  layout: form\n  form: {value: 2}\n",
            "line 8, crosscast.form.value: right, below, or a number of columns and rows such as {right: 2, below: 1} is wanted here.",
        ),
        ("  rows: {totals: {}}\n", "line 7, crosscast.rows.totals: the key match is missing."),
        (
            "  rows: {totals: {match: '('}}\n",
            "line 7, crosscast.rows.totals.match: ( is not a pattern: unclosed group.",
        ),
        (
            "  rows: {fill: [area]}\n",
            "line 7, crosscast.rows.fill: the key fill is not known. Did you mean fill_down? Allowed: end, fill_down, repeated_headings, require, sections, skip, subtotals, totals.",
        ),
    ] {
        let expected: Vec<String> =
            (!expected.is_empty()).then(|| format!("tables/t.yaml, {expected}")).into_iter().collect();
        assert_eq!(said_of(&table(wrong), PLACE), expected, "{wrong}");
    }
    let place = |sheet: &str| said_of(&table("  title: T\n"), &format!("      - {{table: t, sheet: {sheet}}}\n"));
    for (sheet, expected) in [
        ("{mach: A}", ".mach: the key mach is not known. Did you mean match? Allowed: hidden, match."),
        ("2022", ": the name of a sheet or {match: PATTERN}; a name that is a number needs quotes is wanted here."),
        ("{match: '('}", ".match: ( is not a pattern: unclosed group."),
    ] {
        assert_eq!(place(sheet), [format!("partnership.yaml, line 9, workbooks[0].tables[0].sheet{expected}")]);
    }
    assert_eq!(place("'2022'"), [""; 0]);
}
