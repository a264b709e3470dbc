//! Where each figure is said to come from.

use super::*;
use crate::model::document::Fact;

const FULL: &str = "Funding.xlsx (SHA-256 010101010101), PCC funding!";

/// The lines 5, 6 and 8 of the funding.
fn funding() -> Rows {
    let row =
        |row: i64, project: &str, amount: i64| vec![row.into(), project.into(), amount.into(), (amount / 2).into()];
    let rows = vec![row(5, "A", 100), row(6, "B", 200), row(8, "C", 400)];
    let store = |all: Rows, row: &Vec<Scalar>| {
        let line = row[0].as_integer().unwrap();
        all.storing(line, "project", row[1].clone()).storing(line, "amount", row[2].clone())
    };
    rows.iter()
        .fold(Rows::new(), store)
        .with_workbooks()
        .with("lines", &["_row", "project", "amount", "half"], rows)
        .with("sum", &["amount", "projects"], vec![vec![700.into(), 3.into()]])
        .reading("sum", vec![place(1, "B5", "B8"), place(1, "D5", "D8")])
        .with("run", &["findings"], vec![vec![2.into()]])
}

fn origin(of: &Option<Arc<str>>) -> &str {
    of.as_deref().unwrap_or("none")
}

/// The figures of the runs, each with its origin.
fn figures(runs: &[Inline]) -> Vec<(&str, &str)> {
    let figures = runs.iter().filter(|run| run.origin.is_some());
    figures.map(|run| (run.text.as_str(), origin(&run.origin))).collect()
}

fn runs(block: &Block) -> &[Inline] {
    let Block::Paragraph { text, .. } = block else { panic!("{block:?} is no paragraph") };
    text
}

#[test]
fn a_figure_of_a_row_comes_from_its_cells_and_one_of_a_query_from_all_that_it_reads() {
    let text = "```values sum\nsum\n```\n```rows lines\nlines\n```\n```values line by project\nlines\n```\n\
                ```values run\nrun\n```\n\
                Of **{{ sum.amount | money }}**, {{ line[\"B\"].amount | money }} and {{ line[\"B\"].half | money }}.\n\n\
                {% for one in lines %}{{- one.amount -}},{% endfor %}\n\n\
                In {{ period.year }} {{ sum.amount - line[\"C\"].amount }}: {{ run.findings }}, {{ 1 + 1 }}.\n\n\
                # All {{ sum.amount }}\n\n- {{ line[\"A\"].amount }} of it[^n]\n\n[^n]: Or {{ line[\"A\"].project }}.\n";
    let made = document(text, &funding());
    let whole = format!("{FULL}B5:B8, D5:D8");
    let at = |cells: &str| format!("{FULL}{cells}");
    let (b, half) = (at("D6"), at("B6:D6"));
    assert_eq!(figures(runs(&made.blocks[0])), [("£7.00", &*whole), ("£2.00", &*b), ("£1.00", &*half)]);
    assert!(runs(&made.blocks[0])[1].bold);
    let lines: Vec<String> = ["D5", "D6", "D8"].map(at).into();
    assert_eq!(figures(runs(&made.blocks[1])), [("100", &*lines[0]), ("200", &*lines[1]), ("400", &*lines[2])]);
    assert_eq!(words_of(&made.blocks[1]), "100,200,400,");
    let run = "Crosscast's own record of this run";
    assert_eq!(figures(runs(&made.blocks[2])), [("300", &*whole), ("2", run)]);
    assert_eq!(words_of(&made.blocks[2]), "In 2022-23 300: 2, 2.");
    assert_eq!(words_of(&made.blocks[3]), "All 700");
    let Block::List { items, .. } = &made.blocks[4] else { panic!("{:?}", made.blocks[4]) };
    assert_eq!(figures(&items[0]), [("100", &*lines[0])]);
    assert_eq!(figures(&made.notes[0]), [("A", &*at("B5"))]);
    assert!(made.sources.is_empty());
}

#[test]
fn a_table_says_the_cell_of_each_figure_and_has_a_note() {
    let text = "```table\ncaption: Lines\nquery: lines\ncolumns:\n  - {name: project, title: Project}\n  \
                - {name: amount, title: Amount, format: money, total: sum}\n  \
                - {name: half, title: Half, align: right}\n```\n";
    let made = document(text, &funding());
    let Block::Table(table) = &made.blocks[0] else { panic!("{:?}", made.blocks) };
    let of = |cells: &[crate::model::document::TableCell]| -> Vec<String> {
        cells.iter().map(|cell| origin(&cell.origin).replace(FULL, "")).collect()
    };
    assert_eq!(of(&table.rows[0]), ["none", "D5", "B5:D5"]);
    assert_eq!(of(&table.rows[2]), ["none", "D8", "B8:D8"]);
    assert_eq!(of(table.total.as_deref().unwrap()), ["none", "D5:D6, D8", "none"]);
    assert_eq!(table.source, Some(0));
    let note = &made.sources[0];
    assert_eq!((note.of.as_str(), note.text.as_str()), ("Table 1", "PCC funding!B5:D6, B8:D8 of workbook 1"));
    assert_eq!(&*note.full, format!("{FULL}B5:D6, B8:D8"));
    let heading = Block::Heading { level: 1, number: None, text: "Sources".into() };
    assert_eq!(made.blocks[1..], [heading, Block::Sources]);
}

#[test]
fn a_figure_that_only_bears_the_name_of_a_field_does_not_come_from_its_cell() {
    let columns = ["_row", "project", "amount"];
    // The first line's amount is the stored one; the second's is reckoned from payments.
    let plain = vec![vec![5.into(), "A".into(), 100.into()], vec![6.into(), "B".into(), 170.into()]];
    let cells = ["205:amount 206:amount", "207:amount"];
    let with_cells: Vec<Vec<Scalar>> =
        plain.iter().zip(cells).map(|(row, cells)| [row.as_slice(), &[cells.into()]].concat()).collect();
    let rows = funding()
        .with("joined", &columns, plain)
        .reading("joined", vec![place(1, "D5", "D8"), place(2, "D5", "D7")])
        .with("named", &["_row", "project", "amount", "_cells"], with_cells);
    let of = |query: &str| {
        let text = format!(
            "```table\ncaption: Spend\nquery: {query}\ncolumns: [{{name: project, title: Project, align: right}}, \
             {{name: amount, title: Amount, format: money}}]\n```\n"
        );
        let made = document(&text, &rows);
        let Block::Table(table) = &made.blocks[0] else { panic!("{:?}", made.blocks) };
        let cells = table.rows.iter().flatten().map(|cell| origin(&cell.origin).replace(FULL, ""));
        cells.collect::<Vec<_>>()
    };
    let of_second = "Return 2.xlsx (SHA-256 020202020202), Measures!";
    assert_eq!(of("joined"), ["B5", "D5", "B6", &format!("D5:D8; {of_second}D5:D7")]);
    assert_eq!(of("named"), ["B5", "D5", "B6", &format!("{of_second}D7")]);
}

#[test]
fn cells_that_a_query_names_are_where_its_figures_come_from() {
    let cells = (2..=13).map(|number| format!("{number}05:amount")).collect::<Vec<_>>().join(" ");
    let some = "205:amount 206:amount 208:amount 7";
    let rows = vec![vec!["A".into(), 12.into(), cells.as_str().into()], vec!["B".into(), 3.into(), some.into()]];
    let rows = funding().with("counts", &["name", "count", "_cells"], rows);
    let text = "```chart\nkind: bar\ntitle: Counts\nalt: Counts.\nquery: counts\ncategory: {name: name}\n\
                series: [{name: count, title: Count}]\n```\n```sources\n```\nEnd.\n";
    let made = document(text, &rows);
    let Block::Chart(chart) = &made.blocks[0] else { panic!("{:?}", made.blocks) };
    let values = &chart.series[0].values;
    assert_eq!(
        origin(&values[1].origin),
        format!("{FULL}B7:D7; Return 2.xlsx (SHA-256 020202020202), Measures!D5:D6, D8")
    );
    // Each of the twelve returns is named, with its mark.
    let twelve = origin(&values[0].origin);
    assert!(twelve.starts_with("Return 2.xlsx (SHA-256 020202020202), Measures!D5; Return 3.xlsx"), "{twelve}");
    assert!(twelve.ends_with("Return 13.xlsx (SHA-256 131313131313), Measures!D5"), "{twelve}");
    assert_eq!((made.sources[0].of.as_str(), chart.source), ("Figure 1", Some(0)));
    assert_eq!(
        made.sources[0].text,
        "PCC funding!B7:D7 of workbook 1; Measures!D5:D6, D8 of workbook 2; Measures!D5 of workbooks 3 to 13"
    );
    // Where the list is asked for it is not added at the end.
    assert_eq!(made.blocks.len(), 3);
    assert_eq!(made.blocks[1], Block::Sources);
}

#[test]
fn cells_that_are_not_stored_are_a_mistake() {
    for named in ["205:nothing", "1499", "amount:5", "5:amount, 6:amount"] {
        let rows = funding().with("counts", &["count", "_cells"], vec![vec![1.into(), named.into()]]);
        let text = "```table\ncaption: Counts\nquery: counts\ncolumns: [{name: count, title: Count}]\n```\n";
        let found = refused(text, &rows);
        assert_eq!(found.len(), 1, "{found:?}");
        let first = named.split(' ').next().unwrap();
        assert!(found[0].starts_with(&format!("appendix.md, line 9, query: _cells names {first}, which")), "{found:?}");
    }
}

#[test]
fn headline_figures_from_the_same_cells_share_a_source() {
    let text = "```values sum\nsum\n```\n```values run\nrun\n```\n```values line by project\nlines\n```\n```facts\n\
                - {value: '{{ sum.amount | money }}', label: Amount}\n\
                - {value: '{{ line[\"A\"].amount | money }} of {{ line[\"B\"].amount }}', label: Two lines}\n\
                - {value: '{{ sum.projects }}', label: Projects}\n\
                - {value: '{{ period.year }}', label: Year}\n\
                - {value: '{{ run.findings }}', label: Findings}\n```\n";
    let made = document(text, &funding());
    let Block::Facts(facts) = &made.blocks[0] else { panic!("{:?}", made.blocks) };
    let fact =
        |value: &str, label: &str, source| Fact { value: value.into(), label: label.into(), source: Some(source) };
    let expected = [
        fact("£7.00", "Amount", 0),
        fact("£1.00 of 200", "Two lines", 1),
        fact("3", "Projects", 0),
        fact("2022-23", "Year", 2),
        fact("2", "Findings", 3),
    ];
    assert_eq!(*facts, expected);
    let notes: Vec<(&str, &str)> = made.sources.iter().map(|note| (note.of.as_str(), note.text.as_str())).collect();
    let expected = [
        ("Amount; Projects", "PCC funding!B5:B8, D5:D8 of workbook 1"),
        ("Two lines", "PCC funding!D5:D6 of workbook 1"),
        ("Year", "The pack's settings (partnership.yaml)"),
        ("Findings", "Crosscast's own record of this run"),
    ];
    assert_eq!(notes, expected);
}

#[test]
fn many_cells_are_said_by_their_columns_and_then_by_their_sheets() {
    let short_of = |places: Vec<Place>| {
        let rows = funding().reading("sum", places);
        let text = "```table\ncaption: Sums\nquery: sum\ncolumns: [{name: amount, title: Amount}]\n```\n";
        let made = document(text, &rows);
        (made.sources[0].text.clone(), made.sources[0].full.to_string())
    };
    // Every second line: six areas are said, and seven are not.
    let lines = |count: u32| (1..=count).map(|line| format!("D{}", line * 2)).collect::<Vec<_>>();
    let places = |count| lines(count).iter().map(|cell| place(2, cell, cell)).collect::<Vec<_>>();
    assert_eq!(short_of(places(6)).0, "Measures!D2, D4, D6, D8, D10, D12 of workbook 2");
    let (short, full) = short_of(places(7));
    assert_eq!(short, "Measures!D of workbook 2");
    assert_eq!(full, "Return 2.xlsx (SHA-256 020202020202), Measures!D2, D4, D6, D8, D10, D12, D14");
    // Of each return another area: the same columns of all of them.
    let lengths = |last| (2..=last).map(|number| place(number, "D5", &format!("D{}", number + 8))).collect();
    let (short, full) = short_of(lengths(8));
    assert_eq!(short, "Measures!D of workbooks 2 to 8");
    assert!(full.starts_with("Return 2.xlsx (SHA-256 020202020202), Measures!D5:D10; Return 3.xlsx"), "{full}");
    // Each with other columns.
    let columns = ["B", "C", "D", "E", "F", "G", "H"];
    let each = |(index, column): (usize, &&str)| place(index as i64 + 2, &format!("{column}1"), &format!("{column}4"));
    assert_eq!(short_of(columns.iter().enumerate().map(each).collect()).0, "Measures of workbooks 2 to 8");
    // So many that even in full not each cell can be named.
    let all: Vec<Place> =
        (2..=5).flat_map(|number| lines(60).into_iter().map(move |cell| place(number, &cell, &cell))).collect();
    let (short, full) = short_of(all);
    assert_eq!(short, "Measures!D of workbooks 2 to 5");
    assert!(full.starts_with("Return 2.xlsx (SHA-256 020202020202), Measures!D; Return 3.xlsx"), "{full}");
    let of_two_years = short_of(lengths(25));
    let said = "Measures!D of workbooks 2 to 25";
    assert_eq!(of_two_years, (said.to_owned(), format!("{said} in the list of workbooks")));
    // A gap in the numbers.
    let some: Vec<Place> = [1, 3, 4, 5, 8, 9].map(|number| place(number, "A1", "A1")).into();
    assert_eq!(short_of(some).0, "PCC funding!A1 of workbook 1; Measures!A1 of workbooks 3 to 5, 8 and 9");
}

#[test]
fn a_changed_figure_changes_the_blocks_that_use_it_and_no_other() {
    let text = "```values sum\nsum\n```\n```values line by project\nlines\n```\n\
                # Figures\n\nAll: {{ sum.amount | money }}.\n\nA: {{ line[\"A\"].amount | money }}.\n\n\
                - B: {{ line[\"B\"].amount | money }}\n\n\
                ```table\ncaption: Lines\nquery: lines\ncolumns:\n  - {name: project, title: Project}\n  \
                - {name: amount, title: Amount, format: money, total: sum}\n```\n\
                ```table\ncaption: Projects\nquery: lines\ncolumns: [{name: project, title: Project}]\n```\n\
                ```chart\nkind: bar\ntitle: Lines\nalt: 'A is {{ line[\"A\"].amount | money }}.'\nquery: lines\n\
                category: {name: project}\nseries: [{name: half, title: Half}]\nformat: money\n```\n\
                ```facts\n- {value: '{{ line[\"B\"].amount | money }}', label: B}\n```\nC.[^c]\n\n\
                [^c]: {{ line[\"C\"].amount | money }}\n";
    let before = document(text, &funding());
    let changed = |line: usize, column: usize, value: i64| {
        let mut rows = funding();
        if column == 2 {
            rows = rows.storing([5, 6, 8][line], "amount", value.into());
        }
        rows.answers.get_mut("lines").unwrap().rows[line][column] = value.into();
        let after = document(text, &rows);
        assert_eq!(
            (after.blocks.len(), &after.sources, &after.title),
            (before.blocks.len(), &before.sources, &before.title)
        );
        let differs = |index: &usize| after.blocks[*index] != before.blocks[*index];
        let blocks: Vec<usize> = (0..before.blocks.len()).filter(differs).collect();
        (blocks, after.notes != before.notes)
    };
    // The heading is 0, the paragraphs are 1 and 2, the list is 3, the tables are 4 and 5, the chart is 6, the facts are 7.
    assert_eq!(changed(0, 2, 101), (vec![2, 4, 6], false));
    assert_eq!(changed(1, 2, 201), (vec![3, 4, 7], false));
    assert_eq!(changed(2, 2, 401), (vec![4], true));
    assert_eq!(changed(2, 3, 201), (vec![6], false));
    assert_eq!(changed(2, 2, 400), (vec![], false));
}
