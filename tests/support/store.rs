//! Stores of workbooks.

use crosscast::model::{Month, Workbook, WorkbookState};
use crosscast::schema::Pack;
use crosscast::store::Store;

/// A sealed store of workbooks of the year 2022-23, which must be the pack's first.
pub fn sealed_store(pack: &Pack, workbooks: &[Workbook]) -> Store {
    let year = &pack.partnership.years[0];
    let last: Month = "2023-03".parse().expect("a month");
    let mut store = Store::new(pack, year, &year.period(last)).unwrap();
    for workbook in workbooks {
        let state = if workbook.unreadable.is_some() { WorkbookState::Unreadable } else { WorkbookState::Read };
        store.insert(workbook, state, workbook.month_in_name, pack).unwrap();
    }
    store.seal().unwrap();
    store
}
