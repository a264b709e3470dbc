//! What officers call the tables of the pack.

use std::collections::BTreeMap;

use crate::schema::Pack;

/// The titles of tables by the name of their schema. A table without a title is called by its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableTitles(BTreeMap<String, String>);

impl TableTitles {
    /// The titles that the pack gives.
    pub fn of(pack: &Pack) -> Self {
        pack.tables.values().map(|table| (table.name.to_string(), table.called().to_owned())).collect()
    }

    /// The title of a table.
    pub fn title<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }
}

impl FromIterator<(String, String)> for TableTitles {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(titles: I) -> Self {
        Self(titles.into_iter().collect())
    }
}
