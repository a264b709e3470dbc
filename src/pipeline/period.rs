//! Which year is reported, and up to which month.

use std::collections::BTreeMap;

use super::Options;
use crate::model::{Month, Period, Value, Workbook, likely_match};
use crate::schema::{Frequency, Pack, Year};

/// Why it cannot be told what to report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// `--year` names a year that the pack does not have.
    #[error("The pack has no year named {given}. It has: {known}.{hint}")]
    UnknownYear {
        /// What was asked for.
        given: String,
        /// The pack's years.
        known: String,
        /// The likely match, as a sentence.
        hint: String,
    },
    /// The returns lie in more than one year.
    #[error("The inbox holds returns of {} years: {}. Take one year's returns out, or choose a year with --year.", .0.len(), .0.join("; "))]
    SeveralYears(Vec<String>),
    /// `--to` lies outside the year.
    #[error("{to} does not lie in the year {year}. Choose a month with --to as 2022-08.")]
    OutsideYear {
        /// The month asked for.
        to: Month,
        /// The year.
        year: String,
    },
    /// There are returns, but for no year of the pack.
    #[error("The returns are for {0}, and no year of the pack holds that month. Add the year to partnership.yaml.")]
    NoYear(Month),
}

/// Chooses the year and the last month: that of `--to`, else the latest of the returns. Without returns it is the year's first
/// month; but where the pack has no monthly workbooks none can ever be waited for, and it is the year's last.
pub(super) fn choose(pack: &Pack, workbooks: &[Workbook], options: &Options) -> Result<(Year, Period), PeriodError> {
    let months: Vec<Month> = workbooks.iter().filter_map(|workbook| month_of(workbook, pack)).collect();
    let year = choose_year(pack, workbooks, &months, options)?;
    let latest = months.into_iter().filter(|month| year.contains(*month)).max();
    let is_by_month = pack.partnership.workbooks.iter().any(|kind| kind.frequency == Frequency::Monthly);
    let otherwise = Month::of(if is_by_month { year.start } else { year.end });
    let to = options.to.or(latest).unwrap_or(otherwise);
    if !year.contains(to) {
        return Err(PeriodError::OutsideYear { to, year: year.name });
    }
    let period = year.period(to);
    Ok((year, period))
}

fn choose_year(pack: &Pack, workbooks: &[Workbook], months: &[Month], options: &Options) -> Result<Year, PeriodError> {
    let years = &pack.partnership.years;
    if let Some(given) = &options.year {
        let known: Vec<&str> = years.iter().map(|year| year.name.as_str()).collect();
        return years.iter().find(|year| year.name == *given).cloned().ok_or_else(|| PeriodError::UnknownYear {
            given: given.clone(),
            known: known.join(", "),
            hint: likely_match(given, known).map(|likely| format!(" Did you mean {likely}?")).unwrap_or_default(),
        });
    }
    let mut found: BTreeMap<&str, (&Year, &str)> = BTreeMap::new();
    for workbook in workbooks {
        let Some(month) = month_of(workbook, pack) else { continue };
        if let Some(year) = years.iter().find(|year| year.contains(month)) {
            found.entry(&year.name).or_insert((year, &workbook.path));
        }
    }
    match found.len() {
        0 => match (months.first(), options.to) {
            (Some(month), _) => Err(PeriodError::NoYear(*month)),
            // Without returns: the year of --to, else the pack's latest.
            (None, to) => {
                let asked = to.and_then(|to| years.iter().find(|year| year.contains(to)));
                let latest = years.iter().max_by_key(|year| year.start);
                Ok(asked.or(latest).cloned().expect("the pack is checked to have a year"))
            }
        },
        1 => Ok(found.into_values().map(|(year, _)| year.clone()).next().expect("the map has one entry")),
        _ => Err(PeriodError::SeveralYears(
            found.into_values().map(|(year, path)| format!("{} (for example {path})", year.name)).collect(),
        )),
    }
}

/// The month that a workbook is for: the one in its file name, else the one that it states.
///
/// The name comes first because a return made from last month's often keeps last month's date inside; a rule reports
/// when the two differ.
pub(super) fn month_of(workbook: &Workbook, pack: &Pack) -> Option<Month> {
    let kind = pack.kind_of(workbook).filter(|kind| kind.frequency == Frequency::Monthly)?;
    workbook.month_in_name.or_else(|| {
        let stated = kind.month.as_ref()?;
        match field_value(workbook, pack, &stated.table, &stated.field)? {
            Value::Month(month) => Some(*month),
            _ => None,
        }
    })
}

/// The value of a field in the first row of a table.
pub(super) fn field_value<'a>(workbook: &'a Workbook, pack: &Pack, table: &str, field: &str) -> Option<&'a Value> {
    let index = pack.tables.get(table)?.field_index(field)?;
    Some(&workbook.table(table)?.rows.first()?.cells.get(index)?.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::PackFiles;

    /// The last month that is reported of an empty inbox, by a pack whose workbooks fall due so often.
    fn to(frequencies: &[&str], asked: Option<&str>) -> String {
        let kind = |(number, frequency): (usize, &&str)| {
            format!(
                "  - {{name: kind-{number}, files: '{number}', frequency: {frequency}, tables: [{{table: one, sheet: One}}]}}\n"
            )
        };
        let kinds: String = frequencies.iter().enumerate().map(kind).collect();
        let mut files = PackFiles::default();
        files.insert(
            "partnership.yaml",
            format!(
                "name: Test\nshort_name: T\ncommittee: C\nyears:\n  - {{name: 2022-23, start: 2022-04-01, end: 2023-03-31}}\n\
                 workbooks:\n{kinds}"
            ),
        );
        files.insert("tables/one.yaml", "fields: [{name: one, type: string}]\n");
        files.insert("consolidated.yaml", "title: T\nsheets: [{name: One, title: One, table: one}]\n");
        files.insert("appendix.md", "# Appendix\n");
        let pack = Pack::parse(files).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let options = Options { to: asked.map(|month| month.parse().unwrap()), ..Options::default() };
        choose(&pack, &[], &options).unwrap().1.to.iso()
    }

    #[test]
    fn a_pack_of_yearly_workbooks_alone_reports_the_whole_year() {
        assert_eq!(to(&["yearly", "yearly"], None), "2023-03");
        assert_eq!(to(&["yearly"], Some("2022-08")), "2022-08", "--to says otherwise");
        assert_eq!(to(&["yearly", "monthly"], None), "2022-04", "a return that has not come yet is waited for");
    }
}
