//! Rows, a plan and a face that the tests share.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::super::{Context, Face, consolidated};
use crate::model::{Place, QueryError, Scalar, Silent, StoredRows};
use crate::schema::{Consolidated, TableSchema, parse_yaml};

/// A store that holds what the test puts into it.
pub struct Rows(pub Connection);

impl Rows {
    pub fn new() -> Self {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(ROWS).unwrap();
        Self(connection)
    }

    pub fn with(sql: &str) -> Self {
        let rows = Self::new();
        rows.0.execute_batch(sql).unwrap();
        rows
    }
}

impl StoredRows for Rows {
    fn stream(
        &self,
        query: &str,
        each: &mut dyn FnMut(&[Scalar]) -> ControlFlow<()>,
    ) -> Result<Vec<String>, QueryError> {
        let mut statement = self.0.prepare(query).map_err(|error| refused(query, &error))?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().map_err(|error| refused(query, &error))? {
            let values: Vec<Scalar> = (0..names.len())
                .map(|index| match row.get_ref(index).unwrap() {
                    ValueRef::Integer(number) => Scalar::Integer(number),
                    ValueRef::Real(number) => Scalar::Real(number),
                    ValueRef::Text(text) => Scalar::Text(std::str::from_utf8(text).unwrap().to_owned()),
                    ValueRef::Null | ValueRef::Blob(_) => Scalar::Null,
                })
                .collect();
            if each(&values).is_break() {
                break;
            }
        }
        Ok(names)
    }

    fn origins(&self, _: &str) -> Result<Vec<Place>, QueryError> {
        Ok(Vec::new())
    }

    fn columns(&self, query: &str) -> Result<Vec<String>, QueryError> {
        let statement = self.0.prepare(query).map_err(|error| refused(query, &error))?;
        Ok(statement.column_names().map(str::to_owned).collect())
    }

    fn place(&self, _row: i64, _field: Option<&str>) -> Option<Place> {
        None
    }

    fn table(&self, _row: i64) -> Option<Arc<str>> {
        None
    }
}

fn refused(query: &str, error: &rusqlite::Error) -> QueryError {
    match error {
        rusqlite::Error::SqlInputError { msg, offset, .. } => {
            let before = usize::try_from(*offset).ok().and_then(|offset| query.get(..offset));
            QueryError { message: msg.clone(), line: before.map(|before| before.matches('\n').count() + 1) }
        }
        other => QueryError { message: other.to_string(), line: None },
    }
}

const ROWS: &str = "
CREATE TABLE source (_source INTEGER, workbook TEXT, stem TEXT, sheet TEXT);
INSERT INTO source VALUES
  (1, 'funding/SWCSP funding 2022-23.xlsx', 'SWCSP funding 2022-23', 'PCC funding'),
  (2, 'monthly/2022-04 April return.xlsx', '2022-04 April return', 'Spend');
CREATE TABLE funding (_row INTEGER, _source INTEGER, _line INTEGER, ref TEXT, project TEXT, amount INTEGER);
INSERT INTO funding VALUES
  (1, 1, 5, 'PCC-05', 'Dawn Project', 3888925),
  (2, 1, 6, 'PCC-06', 'Worcester Street Pastors', 520000),
  (3, 1, 7, 'PCC-10', 'Youth ASB & Wellness Youth Mentoring', 600000);
CREATE TABLE spend (_row INTEGER, _source INTEGER, _line INTEGER, paid TEXT, month TEXT, payee TEXT, project TEXT,
  amount INTEGER, grant_paid INTEGER, share REAL);
INSERT INTO spend VALUES
  (11, 2, 9, '2022-04-29', '2022-04', '=SUM(A1:A9)', 'Dawn Project', 10, 1, 0.125),
  (10, 2, 8, '2022-04-08', '2022-04', 'https://example.org', 'Dawn Project', 20, 0, 0.5),
  (12, 2, 10, NULL, NULL, '+44 1905', 'Worcester Street Pastors', -3, NULL, NULL);
CREATE TABLE homes (_row INTEGER, _source INTEGER, _line INTEGER, area TEXT, built INTEGER, built_shorthand TEXT);
INSERT INTO homes VALUES (13, 2, 4, 'North', 12, NULL), (14, 2, 5, 'South', NULL, 'not collected');
";

const TABLES: [(&str, &str); 3] = [
    (
        "funding",
        "
fields:
  - {name: ref, title: Ref, type: string}
  - {name: project, title: Project title, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
",
    ),
    (
        "spend",
        "
fields:
  - {name: paid, title: Date paid, type: date}
  - {name: month, title: Month, type: yearmonth}
  - {name: payee, title: Payee, type: string}
  - {name: project, title: Project, type: string}
  - {name: amount, title: 'Amount [£]', type: number, crosscast: {unit: GBP}}
  - {name: grant_paid, title: Grant paid, type: boolean}
  - {name: share, title: Share, type: number, crosscast: {unit: percent}}
",
    ),
    (
        "homes",
        "
fields:
  - {name: area, title: Area, type: string}
  - {name: built, title: Homes built, type: integer, crosscast: {shorthand: {'..': not collected}}}
",
    ),
];

pub const PLAN: &str = "\
title: '{{ short_name }} consolidated workbook {{ year }}'
cover:
  - Budget, payments and measures of the year.
notes:
  - '{{ notice }}'
sheets:
  - name: Position by project
    title: Position by project, {{ year }}
    query: |
      SELECT f.ref, f.project, f.amount AS budget,
             COALESCE(sum(s.amount), 0) AS spent,
             f.amount - COALESCE(sum(s.amount), 0) AS variance,
             1.0 * (f.amount - COALESCE(sum(s.amount), 0)) / f.amount AS share
      FROM funding f LEFT JOIN spend s ON s.project = f.project
      GROUP BY f.ref ORDER BY f.ref
    columns:
      - {name: ref, title: Ref}
      - {name: project, title: Project}
      - {name: budget, title: Budget, format: money, total: sum}
      - {name: spent, title: Spend to date, format: money, total: sum}
      - {name: variance, title: Variance (£), format: money, total: sum}
      - {name: share, title: Variance (%), format: percentage}
    notes:
      - Budget less spend to date.
  - name: Payments
    title: Payments
    table: spend
    columns:
      - {name: amount, title: 'Amount [£]', total: sum}
    notes:
      - Budget less spend to date.
      - Journals are marked JNL.
";

pub fn tables() -> BTreeMap<Arc<str>, TableSchema> {
    let mut mistakes = Vec::new();
    TABLES
        .iter()
        .map(|(name, yaml)| {
            let mut schema: TableSchema = parse_yaml(name, yaml, &mut mistakes).unwrap();
            schema.name = (*name).into();
            (schema.name.clone(), schema)
        })
        .collect()
}

pub fn plan(yaml: &str) -> Consolidated {
    let mut mistakes = Vec::new();
    parse_yaml("consolidated.yaml", yaml, &mut mistakes).unwrap_or_else(|| panic!("{mistakes:?}"))
}

pub fn face() -> Face {
    let notice = "Sample: annual figures as published in July 2023; monthly detail is illustrative.";
    let context = [("short_name", "SWCSP"), ("year", "2022-23"), ("notice", notice)];
    Face {
        partnership: "South Worcestershire Community Safety Partnership".into(),
        short_name: "SWCSP".into(),
        council: "Worcester City Council".into(),
        committee: "Communities Committee".into(),
        year: "2022-23".into(),
        period: "April 2022 to March 2023".into(),
        notice: Some(notice.into()),
        prepared_from: "18 workbooks, fingerprint 3f9a0c1d.".into(),
        language: "en-GB".into(),
        date: NaiveDate::from_ymd_opt(2023, 3, 31).unwrap(),
        context: context.map(|(name, value)| (name.to_owned(), minijinja::Value::from(value))).into(),
    }
}

pub fn context() -> Context {
    face().context
}

pub fn written(yaml: &str, rows: &Rows) -> Vec<u8> {
    consolidated(&plan(yaml), yaml, &tables(), rows, &face(), &Silent).unwrap_or_else(|error| panic!("{error}"))
}
