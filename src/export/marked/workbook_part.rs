//! The part of the workbook as a whole: which sheets there are, the list of findings put before them.

use super::error::NotMarked;
use super::list_sheet::ListSheet;
use super::markup::{Document, Edits, Element};
use crate::export::escape::escaped;
use crate::model::{FINDINGS_SHEET, is_findings_sheet};

/// What `definedNames` comes after, in the schema's order.
const BEFORE_NAMES: [&str; 3] = ["sheets", "functionGroups", "externalReferences"];
/// Names that Excel gives for what is printed and filtered.
const TITLES: &str = "_xlnm.Print_Titles";
const FILTER: &str = "_xlnm._FilterDatabase";

/// A sheet that the workbook names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSheet {
    /// Its name.
    pub name: String,
    /// The relation that leads to its part.
    pub relation: String,
}

/// The sheets in the order of their tabs.
///
/// # Errors
/// [`NotMarked`], where the part, `name`, is not understood.
pub fn sheets(text: &str, name: &str) -> Result<Vec<NamedSheet>, NotMarked> {
    let refused = || NotMarked::Part(name.to_owned());
    let document = Document::parse(text, "").map_err(|why| why.of(name))?;
    let sheets = document.child(document.root(), "sheets").ok_or_else(refused)?;
    let sheet = |element| {
        let value = |name: &str| document.attribute(element, name).map(|value| value.into_owned());
        Some(NamedSheet { name: value("name")?, relation: value("id")? })
    };
    document.children(sheets).map(|element| sheet(element).ok_or_else(refused)).collect()
}

/// The namespace in which the part is written.
///
/// # Errors
/// [`NotMarked`], where it has none.
pub fn namespace(text: &str, name: &str) -> Result<String, NotMarked> {
    let refused = || NotMarked::Part(name.to_owned());
    let document = Document::parse(text, "").map_err(|why| why.of(name))?;
    let prefix = document.prefix(document.root()).trim_end_matches(':');
    let declared = if prefix.is_empty() { "xmlns=".to_owned() } else { format!("xmlns:{prefix}=") };
    let tag = document.tag(document.root()).0;
    let (_, rest) = tag.split_once(&declared).ok_or_else(refused)?;
    rest.trim_start_matches(['"', '\'']).split(['"', '\'']).next().map(str::to_owned).ok_or_else(refused)
}

/// The part with the list as its first sheet, or where it stood before, and shown when the workbook is opened. `relation`
/// leads to the list's part, and `relations` is the namespace of such names.
///
/// # Errors
/// [`NotMarked`], where the part, `name`, is not understood.
pub fn with_list(
    text: &str,
    list: &ListSheet,
    relation: &str,
    relations: &str,
    name: &str,
) -> Result<String, NotMarked> {
    let refused = || NotMarked::Part(name.to_owned());
    let document = Document::parse(text, "").map_err(|why| why.of(name))?;
    let root = document.root();
    let sheets = document.child(root, "sheets").filter(|sheets| !sheets.is_closed()).ok_or_else(refused)?;
    let is_list = |sheet: &&Element| document.attribute(sheet, "name").is_some_and(|name| is_findings_sheet(&name));
    let known = document.children(sheets).position(|sheet| is_list(&sheet));
    let place = known.unwrap_or(0);
    let mut edits = Edits::default();
    match document.children(sheets).find(is_list) {
        // A sheet that is opened must be one that shows.
        Some(sheet) => edits.replace(sheet.open.clone(), document.tag(sheet).without("state")),
        None => {
            let number = |sheet: &Element| document.tag(sheet).number::<u32>("sheetId");
            let number = document.children(sheets).filter_map(number).max().unwrap_or(0).checked_add(1);
            let number = number.ok_or_else(refused)?;
            let prefix = document.prefix(sheets);
            edits.insert(
                sheets.open.end,
                format!(
                    "<{prefix}sheet xmlns:rc=\"{relations}\" name=\"{FINDINGS_SHEET}\" sheetId=\"{number}\" \
                     rc:id=\"{relation}\"/>"
                ),
            );
        }
    }
    for view in document.within(root, "workbookView") {
        let tag = document.tag(view);
        let place = place.to_string();
        let shown = super::markup::Tag(&tag.with("activeTab", &place)).with("firstSheet", &place);
        edits.replace(view.open.clone(), shown);
    }
    names(&document, list, known, &mut edits);
    Ok(edits.made(text))
}

/// The names: those of one sheet alone know it by its place, which is one further now, and the list has two of its own.
fn names(document: &Document<'_>, list: &ListSheet, known: Option<usize>, edits: &mut Edits) {
    let root = document.root();
    let defined = document.child(root, "definedNames");
    let prefix = defined.map_or(document.prefix(root), |defined| document.prefix(defined));
    let place = known.unwrap_or(0);
    let own = |kind: &str, attributes: &str, cells: &str| {
        format!(
            "<{prefix}definedName name=\"{kind}\" localSheetId=\"{place}\"{attributes}>{}</{prefix}definedName>",
            escaped(&format!("'{FINDINGS_SHEET}'!{cells}"))
        )
    };
    let (first, last) = (list.heading_row, list.last_row);
    let added = own(FILTER, " hidden=\"1\"", &format!("$A${first}:$J${last}"))
        + &own(TITLES, "", &format!("${first}:${first}"));
    let Some(defined) = defined else {
        let whole = format!("<{prefix}definedNames>{added}</{prefix}definedNames>");
        let before = document.children(root).filter(|child| BEFORE_NAMES.contains(&document.name(child))).last();
        if let Some(before) = before {
            edits.insert(before.close.end, whole);
        }
        return;
    };
    for name in document.children(defined) {
        let Some(sheet) = document.tag(name).number::<usize>("localSheetId") else { continue };
        match known {
            None => edits.set(document, name, "localSheetId", &(sheet + 1).to_string()),
            Some(known) if sheet == known => edits.replace(name.whole(), ""),
            Some(_) => {}
        }
    }
    edits.append(document, defined, &added);
}

/// The properties for whoever looks into the file from outside (`docProps/app.xml`), with the list among the titles. They are
/// left as they are where they do not say what Excel writes there.
pub fn titles(text: &str, sheets: usize) -> Option<String> {
    let document = Document::parse(text, "").ok()?;
    let root = document.root();
    let pairs = document.child(document.child(root, "HeadingPairs")?, "vector")?;
    let titles = document.child(document.child(root, "TitlesOfParts")?, "vector")?;
    // The first pair is that of the worksheets, whatever they are called in the officer's language.
    let count = document.within(pairs, "i4").next()?;
    let said: usize = document.text[count.content()].trim().parse().ok()?;
    let size: usize = document.tag(titles).number("size")?;
    let first = document.children(titles).next()?;
    if said != sheets || document.name(first) != "lpstr" || titles.is_closed() {
        return None;
    }
    let prefix = document.prefix(first);
    let mut edits = Edits::default();
    edits.replace(count.content(), (said + 1).to_string());
    edits.set(&document, titles, "size", &(size + 1).to_string());
    edits.insert(first.open.start, format!("<{prefix}lpstr>{FINDINGS_SHEET}</{prefix}lpstr>"));
    Some(edits.made(text))
}
