//! Mistakes in the plan, told together and before anything is written.

use super::super::check;
use super::fixture::{PLAN, Rows, context, plan, tables};

fn mistakes(yaml: &str) -> Vec<String> {
    let found = check(&plan(yaml), yaml, &tables(), &Rows::new(), &context());
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_plan_in_order() {
    assert_eq!(mistakes(PLAN), Vec::<String>::new());
}

#[test]
fn every_mistake_at_once_with_its_line() {
    let yaml = PLAN
        .replace("title: Position by project, {{ year }}", "title: Position by project, {{ yaer }}")
        .replace("name: budget", "name: bugdet")
        .replace("title: Variance (£)", "title: variance (%)")
        .replace("name: amount, title: 'Amount [£]'", "name: amuont, title: 'Amount [£]'");
    assert_eq!(
        mistakes(&yaml),
        [
            "consolidated.yaml, line 8, sheets[0].title: the template cannot be filled in: yaer is undefined. \
             Did you mean year? Allowed: notice, short_name, year.",
            "consolidated.yaml, line 19, sheets[0].columns[2]: the query of the sheet Position by project gives no \
             column named bugdet. Did you mean budget? Allowed: budget, project, ref, share, spent, variance.",
            "consolidated.yaml, line 22, sheets[0].columns[5]: two columns of the sheet Position by project have the \
             title Variance (%).",
            "consolidated.yaml, line 29, sheets[1].columns[0]: the table spend of the sheet Payments has no field named \
             amuont. Did you mean amount? Allowed: _line, _sheet, _workbook, amount, grant_paid, month, paid, payee, \
             project, share.",
        ]
    );
}

/// What is not come to with these rows would be found with those of another month.
#[test]
fn a_template_is_looked_through_to_its_end() {
    let yaml = PLAN.replace("'{{ notice }}'", "'{% if false %}{{ yaer | mony }}{% endif %}'");
    assert_eq!(
        mistakes(&yaml),
        [
            "consolidated.yaml, line 5, notes[0]: the template cannot be filled in: nothing is named yaer. Did you \
             mean year? Allowed: notice, short_name, year.",
            "consolidated.yaml, line 5, notes[0]: the template cannot be filled in: there is no filter mony. Did you \
             mean money? Allowed: boolean, date, integer, money, month, number, percentage.",
        ]
    );
}

#[test]
fn a_query_that_is_not_sql_is_told_with_its_line() {
    assert_eq!(
        mistakes(&PLAN.replace("AS spent", "AZ spent")),
        [
            "consolidated.yaml, line 11, sheets[0].query: the query of the sheet Position by project cannot be answered: \
          near \"spent\": syntax error."
        ]
    );
    assert_eq!(
        mistakes(&PLAN.replace("GROUP BY f.ref", "GROUP BY f.reference")),
        [
            "consolidated.yaml, line 15, sheets[0].query: the query of the sheet Position by project cannot be answered: \
          no such column: f.reference."
        ]
    );
}

#[test]
fn totals_and_sheets_that_excel_would_refuse() {
    let yaml = PLAN
        .replace("{name: ref, title: Ref}", "{name: ref, title: Ref, total: sum}")
        .replace("title: Variance (%), format: percentage}", "title: '', format: percentage, width: 0}")
        .replace("name: Payments", "name: contents");
    assert_eq!(
        mistakes(&yaml),
        [
            "consolidated.yaml, line 17, sheets[0].columns[0]: Ref on the sheet Position by project has a total, so its \
             format must be integer, number, money or percentage.",
            "consolidated.yaml, line 17, sheets[0].columns[0]: Ref is the first column of the sheet Position by \
             project, where the word Total stands: total another column.",
            "consolidated.yaml, line 22, sheets[0].columns[5]: a column of the sheet Position by project has no title.",
            "consolidated.yaml, line 22, sheets[0].columns[5]: the width of  on the sheet Position by project is not \
             between 1 and 255 characters.",
            "consolidated.yaml, line 25, sheets[1].name: another sheet is named contents.",
        ]
    );
}

#[test]
fn two_sheets_of_one_name() {
    assert_eq!(
        mistakes(&PLAN.replace("name: Payments", "name: position by Project")),
        ["consolidated.yaml, line 25, sheets[1].name: another sheet is named position by Project."]
    );
}

#[test]
fn a_name_that_excel_keeps() {
    assert_eq!(
        mistakes(&PLAN.replace("name: Payments", "name: History")),
        ["consolidated.yaml, line 25, sheets[1].name: Excel keeps the name History for itself."]
    );
}

/// A draft must be made from whatever is there: what is missing is printed as `[x]`, and the draft says why.
#[test]
fn a_value_that_is_empty_is_marked() {
    let mut context = context();
    context.insert("notice".into(), minijinja::Value::from(()));
    assert!(check(&plan(PLAN), PLAN, &tables(), &Rows::new(), &context).is_empty());
}

#[test]
fn an_unknown_table_and_an_unknown_name() {
    let yaml = PLAN.replace("table: spend", "table: spends").replace("'{{ notice }}'", "'{{ nothing }}'");
    let found = check(&plan(&yaml), &yaml, &tables(), &Rows::new(), &context());
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "consolidated.yaml, line 5, notes[0]: the template cannot be filled in: nothing is undefined. Allowed: \
             notice, short_name, year.",
            "consolidated.yaml, line 27, sheets[1].table: there is no table named spends. Did you mean spend? Allowed: \
             funding, homes, spend.",
        ]
    );
}
