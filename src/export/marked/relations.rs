//! How the parts of a package lead to each other.

use super::error::NotMarked;
use super::markup::{Document, Edits};
use super::package::{Package, key};

/// The namespace of the files of relations.
const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A relation of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The name by which the part means it.
    pub id: String,
    /// Its whole type.
    pub kind: String,
    /// The part that it leads to, from the package's root and without a slash before it; as written, of one that leads out.
    pub target: String,
    /// Whether it leads out of the workbook.
    pub leads_out: bool,
}

impl Relation {
    /// Whether the last word of its type is this, and it leads to a part.
    pub fn is(&self, kind: &str) -> bool {
        !self.leads_out && self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The relations of a part; of the package itself where the part has no name.
///
/// # Errors
/// [`NotMarked`], where they are not understood.
pub fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, NotMarked> {
    let file = file_of(part);
    let Some(text) = package.find(&file)? else { return Ok(Vec::new()) };
    let document = Document::parse(&text, "").map_err(|why| why.of(&file))?;
    let folder = folder_of(part);
    let relation = |element| {
        let value = |name: &str| document.attribute(element, name).map(|value| value.into_owned());
        let leads_out = value("TargetMode").as_deref() == Some("External");
        let target = value("Target")?;
        let target = if leads_out { target } else { resolved(folder, &target) };
        Some(Relation { id: value("Id")?, kind: value("Type")?, target, leads_out })
    };
    Ok(document.within(document.root(), "Relationship").filter_map(relation).collect())
}

/// Adds a relation to a part and gives the name by which the part means it.
///
/// # Errors
/// [`NotMarked`], where the others are not understood.
pub fn add(package: &mut Package<'_>, part: &str, kind: &str, target: &str) -> Result<String, NotMarked> {
    let file = file_of(part);
    let known = relations(package, part)?;
    let is_free = |id: &String| !known.iter().any(|one| one.id == *id);
    let id = (1..).map(|number: u32| format!("rIdCrosscast{number}")).find(is_free).unwrap_or_default();
    let relation = |prefix: &str| format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"/{target}\"/>");
    let text = match package.find(&file)? {
        Some(text) => {
            let document = Document::parse(&text, "").map_err(|why| why.of(&file))?;
            let mut edits = Edits::default();
            edits.append(&document, document.root(), &relation(document.prefix(document.root())));
            edits.made(&text)
        }
        None => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{NAMESPACE}\">{}\
             </Relationships>",
            relation("")
        ),
    };
    package.put(&file, text);
    Ok(id)
}

/// The part that holds the relations of a part.
pub fn file_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    resolved(folder, &format!("_rels/{file}.rels"))
}

fn folder_of(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A target as the package names it: below the folder of the part that leads to it, unless it begins at the root.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            "." => {}
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

/// Whether two names mean one part.
pub fn same_part(one: &str, other: &str) -> bool {
    key(one) == key(other)
}
