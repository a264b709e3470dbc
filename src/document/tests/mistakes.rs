//! Mistakes are told with their lines, all at once, and before there are rows where that can be.

use super::*;

fn rows() -> Rows {
    Rows::new().with("counts", &["name", "count"], vec![vec!["A".into(), 1.into()]])
}

#[test]
fn every_mistake_has_its_line() {
    let text = "\
# One
```values one by nmae
counts
```
```values many by name
counts
```
```table
caption: Counts
query: counts
columns:
  - {name: name, title: Name}
  - {name: cuont, title: Count}
notes:
  - A note.
  - '{{ many[\"A\"].cuont }}'
explained: [counts]
```
{{ many.count }} {{ many[\"A\"].count }}{% for x in many %}{{ x }}{% endfor %}
```chart
kind: bar
title: Counts
query: |
  counts
category: {name: nme}
series:
  - {name: count, title: Count}
  - {name: cuont, title: Count}
format: date
```
```facts
- {value: '{{ twice.count }}', label: Two}
- {value: '1', label: ''}
```
```explanations
tables: [cuonts]
```
```sources
```
```sources
```
```rows many
counts
```
```rows
counts
```
```charts
```
```facts
```
";
    let expected = [
        "line 8, one: the query of one does not give a column named nmae. Did you mean name? Allowed: count, name.",
        "line 19, columns[1]: the query does not give a column named cuont. Did you mean count? Allowed: count, name.",
        "line 22: many has no column cuont. Did you mean count? Allowed: count, name.",
        "line 23, explained: there is no table named counts.",
        "line 25: many has a row for each key: write many[\"…\"].count.",
        "line 26, alt: the alternative text is missing: it says what the chart shows to those who do not see it.",
        "line 31, category: the query does not give a column named nme. Did you mean name? Allowed: count, name.",
        "line 32, series: a bar chart has one series; for several write kind: grouped-bar.",
        "line 34, series[1]: the query does not give a column named cuont. Did you mean count? Allowed: count, name.",
        "line 35, format: a chart shows money, integer, number or percentage.",
        "line 38: nothing is named twice. Allowed: many, one, period.",
        "line 39, [1].label: the label is missing.",
        "line 42, tables: there is no table named cuonts.",
        "line 46: the sources are listed above already.",
        "line 48, many: the name many is taken.",
        "line 51: write it as ```rows meetings.",
        "line 54: there is no block named charts. Did you mean chart? Allowed: chart, explanations, facts, query, rows, sources, \
         table, values.",
        "line 56: a block of facts needs at least one figure: - {value: …, label: …}.",
    ];
    assert_eq!(told(text, &rows()), expected.map(|what| format!("appendix.md, {what}")));
}

#[test]
fn a_text_over_several_lines_has_the_line_of_what_is_wrong() {
    let text = "\
```chart
kind: bar
title: Counts
alt: |
  One line.
  {{ counts.missing }}
query: counts
category: {name: name}
series: [{name: count, title: Count}]
```
```table
caption: Counts
query: |

  no such query
columns:
  - {name: _row, title: Row}
```
";
    let expected = [
        "line 12: nothing is named counts. Allowed: period.",
        // The database tells the first line of the query, which is empty here.
        "line 20, query: no such table: no such query.",
        "line 23, columns[0].name: _row says something about the row and is not printed.",
    ];
    assert_eq!(told(text, &rows()), expected.map(|what| format!("appendix.md, {what}")));
}
