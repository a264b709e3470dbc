//! Draws inside one marked content.

use printpdf::{
    Line as Path, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle, Point, Polygon, PolygonRing, Pt, Rect,
    WindingOrder,
};

use super::super::fonts::{Face, Fonts};
use super::super::style::{Colour, Paper};
use super::super::typeset::Line;
use super::hundredths;

/// Draws inside one marked content. All measures are points from the top left corner of the page.
pub(in super::super) struct Pen<'a> {
    ops: &'a mut Vec<Op>,
    /// Height of the page: PDF counts from its foot.
    height: f32,
}

impl<'a> Pen<'a> {
    /// Only [`super::Canvas`] makes one, between the opening and the end of marked content.
    pub(super) fn on(ops: &'a mut Vec<Op>, paper: Paper) -> Self {
        Self { ops, height: paper.height }
    }

    /// Sets a line of text with its baseline `baseline` points below the top edge of the page.
    pub(in super::super) fn text(&mut self, fonts: &Fonts, line: &Line, x: f32, baseline: f32, colour: Colour) {
        if line.stretches.is_empty() {
            return;
        }
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFillColor { col: colour.to_print() });
        self.ops.push(Op::SetTextCursor { pos: self.point(x, baseline) });
        let looks = |one: &super::super::typeset::Stretch| (one.face, one.scale.to_bits());
        for stretches in line.stretches.chunk_by(|one, next| looks(one) == looks(next)) {
            let face: Face = stretches[0].face;
            let size = Pt(hundredths(line.size * stretches[0].scale));
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(face.id()), size });
            let items = fonts.items(face, stretches.iter().map(|stretch| &*stretch.word));
            self.ops.push(Op::ShowText { items });
        }
        self.ops.push(Op::EndTextSection);
    }

    /// Fills a rectangle whose top left corner is `x`, `top`; a rule is a low one.
    pub(in super::super) fn fill(&mut self, x: f32, top: f32, width: f32, height: f32, colour: Colour) {
        self.ops.push(Op::SetFillColor { col: colour.to_print() });
        let corner = self.point(x, top + height);
        let rectangle = Rect {
            x: corner.x,
            y: corner.y,
            width: Pt(hundredths(width)),
            height: Pt(hundredths(height)),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    /// Draws a line from point to point; `dash` gives the lengths of its dashes and gaps.
    pub(in super::super) fn polyline(
        &mut self,
        points: &[(f32, f32)],
        width: f32,
        colour: Colour,
        dash: Option<(f32, f32)>,
    ) {
        self.ops.push(Op::SetOutlineColor { col: colour.to_print() });
        self.ops.push(Op::SetOutlineThickness { pt: Pt(hundredths(width)) });
        if let Some((dash, gap)) = dash {
            self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &[dash, gap].map(hundredths)) });
        }
        let points = points.iter().map(|&(x, y)| LinePoint { p: self.point(x, y), bezier: false }).collect();
        self.ops.push(Op::DrawLine { line: Path { points, is_closed: false } });
        if dash.is_some() {
            self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::solid() });
        }
    }

    /// Fills a circle.
    pub(in super::super) fn circle(&mut self, x: f32, y: f32, radius: f32, colour: Colour) {
        /// How far the handles of a quarter's curve lie from its ends, for a radius of one.
        const HANDLE: f32 = 0.552_285;
        self.ops.push(Op::SetFillColor { col: colour.to_print() });
        let at = |(right, down): (f32, f32), bezier| LinePoint {
            p: self.point(x + right * radius, y + down * radius),
            bezier,
        };
        let mut points = vec![at((1.0, 0.0), false)];
        // Each quarter turns the one before by a right angle.
        let mut turned = [(1.0, HANDLE), (HANDLE, 1.0), (0.0, 1.0)];
        for _ in 0..4 {
            points.extend(turned.iter().zip([true, true, false]).map(|(&place, bezier)| at(place, bezier)));
            turned = turned.map(|(right, down)| (-down, right));
        }
        let rings = vec![PolygonRing { points }];
        let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    fn point(&self, x: f32, y: f32) -> Point {
        Point { x: Pt(hundredths(x)), y: Pt(hundredths(self.height - y)) }
    }
}
