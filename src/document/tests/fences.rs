//! What each fence becomes.

use super::*;
use crate::model::document::{ChartKind, Fact, TableBlock};

fn measures() -> Rows {
    let rows = vec![
        vec!["DA-01".into(), 338.into()],
        vec!["DA-02".into(), Scalar::Null],
        vec!["HO-01".into(), 1.into()],
        vec!["HO-01".into(), 2.into()],
    ];
    Rows::new().with("measures", &["key", "value"], rows)
}

fn table(block: &Block) -> &TableBlock {
    let Block::Table(table) = block else { panic!("{block:?} is no table") };
    table
}

const VALUES: &str = "```values measure by key\nmeasures\n```\n";

#[test]
fn a_value_is_picked_by_its_key() {
    let made =
        document(&format!("{VALUES}There were **{{{{ measure[\"DA-01\"].value | integer }}}}**.\n"), &measures());
    assert_eq!(words_of(&made.blocks[0]), "There were 338.");
    let text = "{% if measure[\"XX-01\"] %}one{% else %}none{% endif %}{% if measure[\"DA-01\"] %}, one{% endif %}\n";
    assert_eq!(words_of(&document(&format!("{VALUES}{text}"), &measures()).blocks[0]), "none, one");
}

#[test]
fn a_key_without_a_row_is_named_and_not_available_in_a_draft() {
    for (key, why) in [("XX-01", "measure has no row of \"XX-01\""), ("HO-01", "measure has several rows of \"HO-01\"")]
    {
        let text = format!("{VALUES}\nThere were\n{{{{ measure[\"{key}\"].value | integer }}}}.\n");
        assert_eq!(refused(&text, &measures()), [format!("appendix.md, line 12: {why}.")]);
        assert_eq!(words_of(&draft(&text, &measures()).blocks[0]), "There were [x].");
    }
    let empty = format!("{VALUES}{{{{ measure[\"DA-02\"].value | integer }}}}\n");
    assert_eq!(refused(&empty, &measures()), ["appendix.md, line 10: the value is empty."]);
}

#[test]
fn a_row_of_a_table_has_a_note_that_equal_ones_share() {
    let rows = vec![
        vec!["A".into(), 1.into(), "Estimated.".into()],
        vec!["B".into(), 2.into(), Scalar::Null],
        vec!["C".into(), 3.into(), "Late.".into()],
        vec!["D".into(), 4.into(), "Estimated.".into()],
    ];
    let rows = Rows::new().with("counts", &["name", "count", "_note"], rows);
    let text = "```table\ncaption: Counts\nquery: counts\ncolumns:\n  - {name: name, title: Name}\n  \
                - {name: count, title: Count, format: integer, total: sum}\nnotes: [Of the year.]\n```\n";
    let made = document(text, &rows);
    let table = table(&made.blocks[0]);
    let first: Vec<&str> = table.rows.iter().map(|row| row[0].as_ref()).collect();
    assert_eq!(first, ["A (a)", "B", "C (b)", "D (a)"]);
    assert_eq!(table.notes, ["(a) Estimated.", "(b) Late.", "Of the year."]);
    assert_eq!(texts(table.total.as_deref().unwrap()), ["Total", "10"]);
    assert_eq!(table.caption, "Table 1: Counts");
}

#[test]
fn a_total_over_a_figure_that_is_kept_back_is_kept_back() {
    let text = "```table\ncaption: Counts\nquery: counts\ncolumns:\n  - {name: name, title: Name}\n  \
                - {name: count, title: Count, format: integer, total: sum}\n```\n";
    let of = |second: Scalar, third: Scalar| {
        let rows = vec![vec!["A".into(), 7.into()], vec!["B".into(), second], vec!["C".into(), third]];
        let made = document(text, &Rows::new().with("counts", &["name", "count"], rows));
        let table = table(&made.blocks[0]).clone();
        (table.total.unwrap()[1].text.clone(), table.notes)
    };
    let kept_back = "[c]: kept back, because a small count could point to a person.".to_owned();
    let missing = "[x]: not available.".to_owned();
    assert_eq!(of(KEPT_BACK, 2.into()), ("[c]".to_owned(), vec![kept_back.clone()]));
    assert_eq!(of(Scalar::Null, KEPT_BACK), ("[c]".to_owned(), vec![kept_back, missing.clone()]));
    assert_eq!(of(Scalar::Null, 2.into()), ("[x]".to_owned(), vec![missing]));
    assert_eq!(of(1.into(), 2.into()), ("10".to_owned(), vec![]));
}

#[test]
fn numbers_that_are_not_whole_have_a_total() {
    let of = |format: &str, values: &[Scalar]| {
        let text = format!(
            "```table\ncaption: Counts\nquery: counts\ncolumns:\n  - {{name: name, title: Name}}\n  \
             - {{name: count, title: Count, format: {format}, total: sum}}\n```\n"
        );
        let rows = values.iter().map(|value| vec!["A".into(), value.clone()]).collect();
        let made = document(&text, &Rows::new().with("counts", &["name", "count"], rows));
        table(&made.blocks[0]).total.as_ref().unwrap()[1].text.clone()
    };
    assert_eq!(of("number", &[Scalar::Real(0.25), 2.into(), Scalar::Real(1.5)]), "3.75");
    assert_eq!(of("number", &[Scalar::Real(0.5), Scalar::Null]), "[x]");
    assert_eq!(of("number", &[Scalar::Real(0.5), KEPT_BACK, 1.into()]), "[c]");
    assert_eq!(of("percentage", &[Scalar::Real(0.25), Scalar::Real(0.125)]), "37.5%");
    // Greater than any number: it is not known, and not kept back.
    assert_eq!(of("number", &[Scalar::Real(f64::MAX), Scalar::Real(f64::MAX)]), "[x]");
    // Pence stay exact where a number with decimals would not be.
    let pence = [(1i64 << 53).into(), 1.into(), 1.into()];
    assert_eq!(of("money", &pence), "£90,071,992,547,409.94");
}

#[test]
fn a_mark_beside_other_words_is_explained() {
    let rows = vec![vec![Scalar::Null, "of [c]".into(), "Late.".into()]];
    let rows = Rows::new().with("counts", &["count", "said", "_note"], rows);
    let text = "```table\ncaption: Counts\nquery: counts\ncolumns:\n  - {name: count, title: Count, format: integer}\n  \
                - {name: said, title: Said}\n```\n";
    let made = document(text, &rows);
    let table = table(&made.blocks[0]);
    assert_eq!(texts(&table.rows[0]), ["[x] (a)", "of [c]"]);
    let kept_back = "[c]: kept back, because a small count could point to a person.";
    assert_eq!(table.notes, ["(a) Late.", kept_back, "[x]: not available."]);
}

#[test]
fn a_mark_in_prose_and_in_headline_figures_is_explained_once() {
    let rows = Rows::new().with("one", &["count", "other"], vec![vec![KEPT_BACK, Scalar::Null]]);
    let table = "```table\ncaption: Counts\nquery: one\ncolumns: [{name: count, title: Count, format: integer}]\n```\n";
    let front = FRONT.replace("false", "true");
    let made = |text: &str| {
        let text = format!("{front}```values v\none\n```\n# One\n\n{text}");
        let made = build(&text, &rows, &face(true)).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let said = made.blocks.iter().skip(1).filter_map(|block| match block {
            Block::Table(_) => Some("table".to_owned()),
            Block::Facts(_) => Some("facts".to_owned()),
            Block::Paragraph { number, .. } => {
                Some(format!("{}{}", number.as_deref().unwrap_or("- "), words_of(block)))
            }
            Block::List { .. } => Some(words_of(block)),
            _ => None,
        });
        said.collect::<Vec<_>>().join("; ")
    };
    let (kept_back, missing) =
        ("[c]: kept back, because a small count could point to a person.", "[x]: not available.");
    let facts = "```facts\n- {value: '{{ v.count }}', label: Count}\n```\n";
    assert_eq!(made(&format!("{facts}{{{{ v.count }}}}\n\nEnd.\n")), format!("facts; - {kept_back}; 1.1[c]; 1.2End."));
    assert_eq!(made("{{ v.other }} of {{ v.count }}\n"), format!("1.1[x] of [c]; - {kept_back} {missing}"));
    assert_eq!(made("- A\n- {{ v.other }}\n\n{{ v.count }}\n"), format!("A\n[x]; - {missing}; 1.1[c]; - {kept_back}"));
    // A table above has explained it; one below has not yet.
    assert_eq!(made(&format!("{table}{{{{ v.count }}}}\n")), "table; 1.1[c]");
    assert_eq!(made(&format!("{{{{ v.count }}}}\n{table}")), format!("1.1[c]; - {kept_back}; table"));
    // In a footnote.
    assert_eq!(made("A.[^a]\n\nB.\n\n[^a]: {{ v.other }}\n"), format!("1.1A.1; - {missing}; 1.2B."));
    assert_eq!(made("A [d].\n"), "1.1A [d].");
}

#[test]
fn a_figure_that_is_kept_back_is_not_told_in_a_text() {
    let rows = Rows::new().with("one", &["count", "other"], vec![vec![KEPT_BACK, 3.into()]]);
    let text = "```values v\none\n```\n{{ v.count | integer }}, {{ v.count }}, {{ v.other - v.count }}, \
                {{ (v.count - v.count) | number }}, {{ v.other | integer }}\n";
    assert_eq!(words_of(&document(text, &rows).blocks[0]), "[c], [c], [c], [c], 3");
}

#[test]
fn a_chart_has_a_value_for_each_category_and_gaps() {
    let rows = vec![
        vec!["2022-04".into(), 100.into(), 150.into()],
        vec!["2022-05".into(), Scalar::Null, 250.into()],
        vec!["2022-06".into(), KEPT_BACK, 350.into()],
    ];
    let rows = Rows::new().with("spend", &["month", "spend", "budget"], rows);
    let text = "```chart\nkind: line\ntitle: Spend in {{ period.year }}\nalt: Spend rises in {{ period.year }}.\n\
                query: spend\ncategory: {name: month, format: month}\nseries:\n  - {name: spend, title: Spend}\n  \
                - {name: budget, title: Budget}\nformat: money\nnotes: [Paid.]\n```\n";
    let made = document(text, &rows);
    let Block::Chart(chart) = &made.blocks[0] else { panic!("{:?}", made.blocks) };
    assert_eq!((chart.title.as_str(), chart.kind), ("Figure 1: Spend in 2022-23", ChartKind::Line));
    assert_eq!(chart.alt, "Spend rises in 2022-23.");
    assert_eq!(chart.categories, ["April 2022", "May 2022", "June 2022"]);
    let values: Vec<Vec<(Option<f64>, &str)>> = chart
        .series
        .iter()
        .map(|series| series.values.iter().map(|value| (value.amount, value.label.as_str())).collect())
        .collect();
    assert_eq!(values[0], [(Some(100.0), "£1.00"), (None, "[x]"), (None, "[c]")]);
    assert_eq!(values[1], [(Some(150.0), "£1.50"), (Some(250.0), "£2.50"), (Some(350.0), "£3.50")]);
    assert_eq!(
        chart.notes,
        ["[c]: kept back, because a small count could point to a person.", "[x]: not available.", "Paid."]
    );
}

#[test]
fn headline_figures_are_filled_in() {
    let text = format!(
        "{VALUES}```facts\n- {{value: '{{{{ measure[\"DA-01\"].value | integer }}}}', label: Referrals}}\n\
         - value: All\n  label: 'in {{{{ period.year }}}}'\n```\n"
    );
    let fact =
        |value: &str, label: &str, source| Fact { value: value.into(), label: label.into(), source: Some(source) };
    let made = document(&text, &measures());
    let Block::Facts(facts) = &made.blocks[0] else { panic!("{:?}", made.blocks) };
    assert_eq!(*facts, [fact("338", "Referrals", 0), fact("All", "in 2022-23", 1)]);
}

#[test]
fn explained_differences_are_printed_once() {
    let sentence = "Explained difference at PCC funding!D15: The total is £6,000.00 more. Explanation: As published. \
                    (Workbook: funding.xlsx. Recorded by: An officer. Approved by: A manager. 30 June 2023.)";
    let rows = Rows::new().explaining("funding");
    let claimed = document("```explanations\ntables: [spend, funding]\n```\nText.\n", &rows);
    assert_eq!(claimed.blocks.iter().map(words_of).collect::<Vec<_>>(), [sentence, "Text."]);
    // Of another table: it is not printed there, and not lost.
    let unclaimed = document("```explanations\ntables: [spend]\n```\nText.\n", &rows);
    let printed: Vec<String> = unclaimed.blocks.iter().map(words_of).collect();
    assert_eq!(printed, ["Text.", "Explained differences", sentence]);
    assert_eq!(document("```explanations\ntables: [spend]\n```\nText.\n", &Rows::new()).blocks.len(), 1);
}
