//! The document's blocks: set into lines in reading order, then placed on pages.

use super::facts::Facts;
use super::figure::Figure;
use super::flow::{Flow, Part, Strip};
use super::fonts::{Face, Fonts};
use super::front::Panel;
use super::links::Mark;
use super::outline::Entry;
use super::style::{BODY, Colour, GREY, INK, LEFT, NAVY, NOTE, Paper, RIGHT, heading_size};
use super::table::Table;
use super::tagged::{Canvas, ElementId, Numbering, Role};
use super::text::{Measure, Setting};
use super::typeset;
use crate::model::document::{Block, Document, Inline, SourceNote, source_label};

const ROOT: ElementId = Canvas::ROOT;

/// Something that is set and waits to be placed.
pub(super) enum Placeable {
    /// A heading of the body, with its entry in the outline.
    Heading { strip: Strip, level: u8, title: String },
    /// Lines.
    Strip(Strip),
    /// Lines in a box.
    Panel(Panel),
    /// Headline figures.
    Facts(Facts),
    /// A table.
    Table(Box<Table>),
    /// A chart.
    Figure(Figure),
}

/// Sets and places the whole document.
pub(super) fn lay_out(canvas: &mut Canvas, fonts: &mut Fonts, document: &Document) -> Vec<Entry> {
    let mut setter = Setter::new(Setting::new(canvas, fonts, &document.notes), document);
    setter.front(document);
    setter.body(document);
    let Setter { setting, items, .. } = setter;
    let notes = setting.into_notes();
    let mut flow = Flow::new(canvas, fonts, notes);
    for (index, item) in items.iter().enumerate() {
        item.place(&mut flow, &items[index + 1..]);
    }
    flow.finish()
}

impl Placeable {
    fn place(&self, flow: &mut Flow, rest: &[Placeable]) {
        flow.turn_to(self.paper(rest));
        match self {
            Self::Heading { strip, level, title } => {
                flow.reserve(strip.before + strip.height() + lead(rest));
                flow.space(strip.before);
                flow.headings.push(Entry { level: *level, title: title.clone(), landing: flow.landing() });
                flow.place(&Strip { before: 0.0, ..strip.clone() });
            }
            Self::Strip(strip) => flow.place(strip),
            Self::Panel(panel) => panel.place(flow),
            Self::Facts(facts) => facts.place(flow),
            Self::Table(table) => table.place(flow),
            Self::Figure(figure) => figure.place(flow),
        }
    }

    /// The size of the pages that it stands on: a heading goes with what follows it.
    fn paper(&self, rest: &[Placeable]) -> Paper {
        match self {
            Self::Heading { .. } => rest.first().map_or(Paper::PORTRAIT, |next| next.paper(&rest[1..])),
            Self::Table(table) => table.paper(),
            _ => Paper::PORTRAIT,
        }
    }
}

/// What must follow a heading on its page.
fn lead(rest: &[Placeable]) -> f32 {
    match rest.first() {
        None => 0.0,
        Some(Placeable::Heading { strip, .. }) => strip.before + strip.height() + lead(&rest[1..]),
        Some(Placeable::Strip(strip)) => strip.lead(),
        Some(Placeable::Panel(panel)) => panel.lead(),
        Some(Placeable::Facts(facts)) => facts.lead(),
        Some(Placeable::Table(table)) => table.lead(),
        Some(Placeable::Figure(figure)) => figure.lead(),
    }
}

/// Makes lines of the document, and opens the elements that they belong to, in reading order.
pub(super) struct Setter<'a> {
    /// What text is set with.
    pub(super) setting: Setting<'a>,
    /// Width of the column in which numbers hang.
    gutter: f32,
    /// What has been set.
    pub(super) items: Vec<Placeable>,
}

impl<'a> Setter<'a> {
    fn new(setting: Setting<'a>, document: &Document) -> Self {
        let gutter = gutter(setting.fonts, document);
        Self { setting, gutter, items: Vec::new() }
    }

    fn body(&mut self, document: &Document) {
        for block in &document.blocks {
            match block {
                Block::Heading { level, number, text } => self.heading(*level, number.as_deref(), text),
                Block::Paragraph { number, text } => self.paragraph(number.as_deref(), text),
                Block::List { ordered, items } => self.list(*ordered, items),
                Block::Table(block) => {
                    let table = Table::set(&mut self.setting, block);
                    self.items.push(Placeable::Table(Box::new(table)));
                }
                Block::Chart(chart) => {
                    let figure = Figure::set(&mut self.setting, chart);
                    self.items.push(Placeable::Figure(figure));
                }
                Block::Facts(facts) => {
                    let facts = Facts::set(&mut self.setting, facts);
                    self.items.push(Placeable::Facts(facts));
                }
                Block::Sources if document.sources.is_empty() => {}
                Block::Sources => self.sources(&document.sources),
            }
        }
    }

    fn heading(&mut self, level: u8, number: Option<&str>, text: &str) {
        let element = self.setting.canvas.open(ROOT, Role::Heading(level + 1));
        let size = heading_size(level);
        let x = if number.is_some() { LEFT + self.gutter } else { LEFT };
        let measure = Measure { x, width: RIGHT - LEFT - self.gutter, size, colour: NAVY };
        let lines = self.setting.plain(element, Face::Bold, text, measure);
        let before = [22.0, 16.0, 12.0][usize::from(level.clamp(1, 3)) - 1];
        let mut strip = Strip { before, lines, whole: true };
        self.hang_number(&mut strip, element, number, Face::Bold, size, NAVY);
        let title = number.map_or_else(|| text.to_owned(), |number| format!("{number} {text}"));
        self.items.push(Placeable::Heading { strip, level, title });
    }

    fn paragraph(&mut self, number: Option<&str>, text: &[Inline]) {
        let element = self.setting.canvas.open(ROOT, Role::Paragraph);
        let x = LEFT + self.gutter;
        let lines = self.setting.inlines(element, text, Measure { x, width: RIGHT - x, size: BODY, colour: INK });
        let mut strip = Strip { before: 8.0, lines, whole: false };
        self.hang_number(&mut strip, element, number, Face::Regular, BODY, GREY);
        self.items.push(Placeable::Strip(strip));
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Inline>]) {
        let numbering = if ordered { Numbering::Decimal } else { Numbering::Disc };
        let strips = self.list_strips(numbering, items, LEFT + self.gutter, RIGHT);
        self.items.extend(strips.into_iter().map(Placeable::Strip));
    }

    /// The items of a list, between `left` and `right`.
    pub(super) fn list_strips(
        &mut self,
        numbering: Numbering,
        items: &[Vec<Inline>],
        left: f32,
        right: f32,
    ) -> Vec<Strip> {
        let label = |index: usize| match numbering {
            Numbering::Decimal => format!("{}.", index + 1),
            _ => "•".to_owned(),
        };
        let list = self.setting.canvas.open(ROOT, Role::List(numbering));
        let mut strips = self.labelled(list, items, &label, BODY, (left, right));
        if let Some(first) = strips.first_mut() {
            first.before = 6.0;
        }
        strips
    }

    /// Each entry is where a source mark leads.
    fn sources(&mut self, sources: &[SourceNote]) {
        let texts: Vec<Vec<Inline>> = sources.iter().map(|source| vec![Inline::plain(source_text(source))]).collect();
        let list = self.setting.canvas.open(ROOT, Role::List(Numbering::Unnumbered));
        let mut strips = self.labelled(list, &texts, &source_label, NOTE, (LEFT + self.gutter, RIGHT));
        for (index, strip) in strips.iter_mut().enumerate() {
            strip.before = if index == 0 { 8.0 } else { 2.5 };
            if let Some(first) = strip.lines.first_mut() {
                first.mark = Some(Mark::Source(index));
            }
        }
        self.items.extend(strips.into_iter().map(Placeable::Strip));
    }

    fn labelled(
        &mut self,
        list: ElementId,
        items: &[Vec<Inline>],
        label: &dyn Fn(usize) -> String,
        size: f32,
        (left, right): (f32, f32),
    ) -> Vec<Strip> {
        let last = label(items.len().max(1) - 1);
        let indent = left + typeset::single(self.setting.fonts, Face::Regular, size, &last).width + 9.0;
        let mut strips = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let element = self.setting.canvas.open(list, Role::ListItem);
            let bullet = self.setting.canvas.open(element, Role::Label);
            let body = self.setting.canvas.open(element, Role::ListBody);
            let measure = Measure { x: indent, width: right - indent, size, colour: INK };
            let mut lines = self.setting.inlines(body, item, measure);
            let line = typeset::single(self.setting.fonts, Face::Regular, size, &label(index));
            let line = typeset::followed(self.setting.fonts, Face::Regular, line);
            if let Some(first) = lines.first_mut() {
                first.parts.insert(0, Part::plain(bullet, left, line, INK));
            }
            strips.push(Strip { before: 4.0, lines, whole: false });
        }
        strips
    }

    fn hang_number(
        &mut self,
        strip: &mut Strip,
        element: ElementId,
        number: Option<&str>,
        face: Face,
        size: f32,
        colour: Colour,
    ) {
        if let (Some(number), Some(first)) = (number, strip.lines.first_mut()) {
            let line = typeset::single(self.setting.fonts, face, size, number);
            let line = typeset::followed(self.setting.fonts, face, line);
            first.parts.insert(0, Part::plain(element, LEFT, line, colour));
        }
    }
}

/// For example `Table 2. Spend!F6:F14 of workbooks 4 to 15.`
fn source_text(source: &SourceNote) -> String {
    let text = format!("{}. {}", source.of.trim_end_matches('.'), source.text);
    if text.ends_with(['.', '?', '!']) { text } else { text + "." }
}

/// Wide enough for the widest number, nothing if there are none.
fn gutter(fonts: &mut Fonts, document: &Document) -> f32 {
    let mut widest: f32 = 0.0;
    for block in &document.blocks {
        let (number, face, size) = match block {
            Block::Heading { level, number: Some(number), .. } => (number, Face::Bold, heading_size(*level)),
            Block::Paragraph { number: Some(number), .. } => (number, Face::Regular, BODY),
            _ => continue,
        };
        widest = widest.max(typeset::single(fonts, face, size, number).width + 10.0);
    }
    if widest > 0.0 { widest.max(34.0) } else { 0.0 }
}
