//! The tables of Excel itself in an `.xlsx` workbook: ranges with a name, made by Format as Table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::markup::{attribute, name};
use super::parts::Package;
use super::region::area_of;
use crate::model::Area;

/// An Excel table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ExcelTable {
    /// Its name as Excel shows it.
    pub name: Arc<str>,
    /// Its cells: headings, rows and totals.
    pub area: Area,
}

/// The Excel tables of a package by the names of their sheets, each sheet's in the order of their places.
pub(super) fn excel_tables(package: &mut Package<'_>) -> BTreeMap<Arc<str>, Vec<ExcelTable>> {
    let mut tables = BTreeMap::new();
    for (sheet, part) in package.sheets() {
        let parts = package.relationships(&part).into_iter().filter(|one| one.kind == "table" && !one.leads_out);
        // Each once: thousands of relationships can lead to one part.
        let parts: BTreeSet<String> = parts.map(|one| one.target).collect();
        let mut here: Vec<ExcelTable> = parts.iter().filter_map(|part| excel_table(package, part)).collect();
        if !here.is_empty() {
            here.sort_by_key(|table| table.area);
            tables.insert(sheet, here);
        }
    }
    tables
}

fn excel_table(package: &mut Package<'_>, part: &str) -> Option<ExcelTable> {
    let mut markup = package.part(part)?;
    let tag = markup.tag().filter(|tag| name(tag) == "table")?;
    let name = attribute(&tag, "displayName").or_else(|| attribute(&tag, "name"))?;
    Some(ExcelTable { name: name.into(), area: area_of(&attribute(&tag, "ref")?)? })
}
