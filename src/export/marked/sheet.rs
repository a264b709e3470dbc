//! One sheet after the other: cells, comments, the boxes of these, and how the sheet leads to them.

use std::collections::{BTreeMap, BTreeSet};

use super::comments;
use super::content_types;
use super::drawing::{self, Blocks};
use super::error::NotMarked;
use super::list_sheet::Remarks;
use super::markup::{Document, Edits};
use super::measures::Measures;
use super::package::Package;
use super::relations::{self, Relation, relations};
use super::sheet_cells;
use super::styles::Styles;
use super::targets::{self, Marked};
use super::words;
use crate::model::{Finding, MARK_BEGIN, Position};

/// What stands behind `legacyDrawing` in a sheet, in the schema's order. Controls stand between marks of compatibility.
const BEHIND_DRAWING: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "AlternateContent",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// A sheet and its part.
#[derive(Debug, Clone)]
pub struct WorksheetPart {
    /// The name on its tab.
    pub name: String,
    /// The part.
    pub part: String,
    /// Whether it has cells; one of a chart alone has none.
    pub has_cells: bool,
}

/// Parts that were added, with what they are.
#[derive(Debug, Default)]
pub struct Added {
    /// The parts.
    pub parts: Vec<(String, &'static str)>,
    /// Whether boxes of comments are among what the workbook has now.
    pub has_drawings: bool,
}

/// Where the sheets of a workbook are marked.
pub struct Desk<'d, 'b> {
    package: &'d mut Package<'b>,
    styles: &'d mut Styles,
    blocks: Blocks,
    has_marks: bool,
    namespace: String,
    relation_kinds: String,
    added: Added,
}

impl<'d, 'b> Desk<'d, 'b> {
    /// A desk for the sheets of a package.
    ///
    /// # Errors
    /// [`NotMarked`], where its drawings are not understood.
    pub fn of(
        package: &'d mut Package<'b>,
        styles: &'d mut Styles,
        sheets: &[WorksheetPart],
        namespace: String,
        relation_kinds: String,
    ) -> Result<Self, NotMarked> {
        let mut drawings = Vec::new();
        for sheet in sheets {
            for drawing in relations(package, &sheet.part)?.iter().filter(|one| one.kind.ends_with("/vmlDrawing")) {
                drawings.extend(package.find(&drawing.target)?);
            }
        }
        let blocks = Blocks::after(drawings.iter().map(String::as_str));
        let has_marks = styles.has_marks();
        Ok(Self { package, styles, blocks, has_marks, namespace, relation_kinds, added: Added::default() })
    }

    /// Marks a sheet, and takes out what an earlier marking left on it.
    ///
    /// # Errors
    /// [`NotMarked`], where a part is not understood.
    pub fn mark(
        &mut self,
        sheet: &WorksheetPart,
        findings: &[&Finding],
        remarks: &mut Remarks,
    ) -> Result<(), NotMarked> {
        let known = relations(self.package, &sheet.part)?;
        let text = self.package.text(&sheet.part)?;
        let mine =
            findings.iter().any(|finding| finding.place.sheet.as_deref().is_some_and(|name| same(name, &sheet.name)));
        let is_plain = !self.has_marks && !self.has_old_notes(&known)?;
        if (!mine || !sheet.has_cells) && is_plain && !text.contains("tabSelected") {
            return Ok(());
        }
        let document = Document::parse(&text, "sheetData").map_err(|why| why.of(&sheet.part))?;
        let mut edits = Edits::default();
        for view in document.within(document.root(), "sheetView").filter(|view| document.tag(view).is_on("tabSelected"))
        {
            edits.set(&document, view, "tabSelected", "0");
        }
        if sheet.has_cells {
            let marked = targets::of_sheet(findings, &sheet.name, Some(&document), remarks);
            let mut measures = Measures::of(&document);
            if !marked.targets.is_empty() || self.has_marks {
                sheet_cells::mark(&document, &marked.targets, self.styles, &mut measures, &mut edits, &sheet.part)?;
            }
            let named = document.child(document.root(), "legacyDrawing");
            let named = named.and_then(|named| document.attribute(named, "id"));
            if let Some(relation) = self.comment(sheet, &known, &marked, &measures, named.as_deref(), remarks)? {
                self.lead_to_drawing(&document, &relation, &mut edits);
            }
        }
        if !edits.is_empty() {
            self.package.put(&sheet.part, edits.made(&text));
        }
        Ok(())
    }

    /// The parts that were added.
    pub fn finish(self) -> Added {
        self.added
    }

    fn has_old_notes(&mut self, known: &[Relation]) -> Result<bool, NotMarked> {
        let Some(comments) = known.iter().find(|one| one.is("comments")) else { return Ok(false) };
        Ok(self.package.find(&comments.target)?.is_some_and(|text| text.contains(MARK_BEGIN)))
    }

    /// Puts the notes of a sheet into its comments; gives the relation that leads to their boxes, where the sheet does not name
    /// it yet. `named` is the one that it names.
    fn comment(
        &mut self,
        sheet: &WorksheetPart,
        known: &[Relation],
        marked: &Marked<'_>,
        measures: &Measures,
        named: Option<&str>,
        remarks: &mut Remarks,
    ) -> Result<Option<String>, NotMarked> {
        let threads = self.threads(known)?;
        let said = marked.said.iter().filter(|(cell, _)| !threads.contains(cell));
        let said = said.map(|(cell, said)| (*cell, said.iter().map(|(_, finding)| *finding).collect()));
        let mut notes = words::notes(said.collect());
        let old = known.iter().find(|one| one.is("comments"));
        let patched = match old {
            Some(old) => {
                let text = self.package.text(&old.target)?;
                if notes.is_empty() && !text.contains(MARK_BEGIN) {
                    remark_threads(marked, &threads, remarks);
                    return Ok(None);
                }
                let patched = comments::patch(&text, &notes, &threads, &old.target)?;
                self.package.put(&old.target, patched.text.clone());
                patched
            }
            None if notes.is_empty() => {
                remark_threads(marked, &threads, remarks);
                return Ok(None);
            }
            None => {
                let part = self.package.free_name("xl/comments", ".xml");
                let patched = comments::new(&notes, &self.namespace);
                self.package.put(&part, patched.text.clone());
                let kind = format!("{}/comments", self.relation_kinds);
                relations::add(self.package, &sheet.part, &kind, &part)?;
                self.added.parts.push((part, content_types::COMMENTS));
                patched
            }
        };
        remark_threads(marked, &patched.threads, remarks);
        notes.retain(|cell, _| patched.added.contains(cell));
        self.draw(sheet, known, &patched, &notes, measures, named)
    }

    /// Draws the boxes of comments that were added.
    fn draw(
        &mut self,
        sheet: &WorksheetPart,
        known: &[Relation],
        patched: &comments::Patched,
        notes: &BTreeMap<Position, String>,
        measures: &Measures,
        named: Option<&str>,
    ) -> Result<Option<String>, NotMarked> {
        let drawing = known.iter().find(|one| one.is("vmlDrawing") && Some(one.id.as_str()) == named);
        let mut boxes: BTreeMap<Position, &str> = notes.iter().map(|(cell, note)| (*cell, note.as_str())).collect();
        if let Some(drawing) = drawing {
            let part = &drawing.target;
            let old = self.package.text(part)?;
            let new = drawing::patch(&old, patched, &boxes, measures, &mut self.blocks, part)?;
            self.package.put(part, new);
            return Ok(None);
        }
        if named.is_some() {
            return Err(NotMarked::Part(sheet.part.clone()));
        }
        // Of comments without boxes, each gets one.
        for cell in &patched.all {
            boxes.entry(*cell).or_default();
        }
        if boxes.is_empty() {
            return Ok(None);
        }
        let part = self.package.free_name("xl/drawings/vmlDrawing", ".vml");
        self.package.put(&part, drawing::new(&boxes, measures, &mut self.blocks));
        self.added.has_drawings = true;
        let kind = format!("{}/vmlDrawing", self.relation_kinds);
        Ok(Some(relations::add(self.package, &sheet.part, &kind, &part)?))
    }

    /// The cells of a sheet that have a thread of comments.
    fn threads(&mut self, known: &[Relation]) -> Result<BTreeSet<Position>, NotMarked> {
        let mut threads = BTreeSet::new();
        for relation in known.iter().filter(|one| one.is("threadedComment")) {
            let Some(text) = self.package.find(&relation.target)? else { continue };
            let document = Document::parse(&text, "").map_err(|why| why.of(&relation.target))?;
            let cell = |element| document.attribute(element, "ref")?.parse::<Position>().ok();
            threads.extend(document.within(document.root(), "threadedComment").filter_map(cell));
        }
        Ok(threads)
    }

    fn lead_to_drawing(&self, document: &Document<'_>, relation: &str, edits: &mut Edits) {
        let root = document.root();
        let prefix = document.prefix(root);
        let element = format!("<{prefix}legacyDrawing xmlns:rc=\"{}\" rc:id=\"{relation}\"/>", self.relation_kinds);
        let cells = document.child(root, "sheetData").map_or(0, |data| data.close.end);
        let behind = document
            .children(root)
            .find(|child| child.open.start >= cells && BEHIND_DRAWING.contains(&document.name(child)));
        match behind {
            Some(behind) => edits.insert(behind.open.start, element),
            None => edits.insert(root.close.start, element),
        }
    }
}

/// Says in the list where no note was put since people talk there.
fn remark_threads(marked: &Marked<'_>, threads: &BTreeSet<Position>, remarks: &mut Remarks) {
    for cell in threads {
        for (index, _) in marked.said.get(cell).into_iter().flatten() {
            remarks.add(*index, &format!("No note was put on {cell}, since people comment there."));
        }
    }
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
