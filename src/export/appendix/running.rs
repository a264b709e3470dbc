//! What stands on every page: running head and foot, page numbers, the word DRAFT.

use super::fonts::{Face, Fonts};
use super::style::{GREY, HAIRLINE, LEFT, MARGIN, RED, RUNNING};
use super::tagged::{Artifact, Canvas};
use super::typeset::{self, Breaking, Line};
use crate::model::document::Document;

/// Draws what stands on every page, once it is known how many there are.
pub(super) fn draw(canvas: &mut Canvas, fonts: &mut Fonts, document: &Document) {
    let count = canvas.page_count();
    let draft = document.draft.as_ref().map(|_| typeset::single(fonts, Face::Bold, 20.0, "DRAFT"));
    for page in 0..count {
        let paper = canvas.paper(page);
        let room = paper.measure() - draft.as_ref().map_or(0.0, |draft| draft.width + 20.0);
        let header = first_line(fonts, &document.header, room);
        let footer = first_line(fonts, &document.footer, paper.measure() - 90.0);
        canvas.artifact(page, Artifact::Header, |pen| {
            pen.text(fonts, &header, LEFT, 46.0, GREY);
            if let Some(draft) = &draft {
                pen.text(fonts, draft, paper.right() - draft.width, 46.0, RED);
            }
        });
        canvas.artifact(page, Artifact::Layout, |pen| pen.fill(LEFT, 53.0, paper.measure(), 0.6, HAIRLINE));
        let number = typeset::single(fonts, Face::Regular, RUNNING, &format!("Page {} of {count}", page + 1));
        canvas.artifact(page, Artifact::Layout, |pen| {
            pen.fill(LEFT, paper.height - MARGIN + 4.0, paper.measure(), 0.6, HAIRLINE);
        });
        canvas.artifact(page, Artifact::Footer, |pen| {
            let baseline = paper.height - MARGIN + 18.0;
            pen.text(fonts, &footer, LEFT, baseline, GREY);
            pen.text(fonts, &number, paper.right() - number.width, baseline, GREY);
        });
    }
}

/// Running text has one line; of a longer one, what fits is shown and an ellipsis says that there was more.
fn first_line(fonts: &mut Fonts, text: &str, room: f32) -> Line {
    let whole = typeset::single(fonts, Face::Regular, RUNNING, text);
    if whole.width <= room {
        return whole;
    }
    let ellipsis = typeset::single(fonts, Face::Regular, RUNNING, "…");
    let mut lines = typeset::lines(fonts, Face::Regular, RUNNING, text, room - ellipsis.width, Breaking::Full);
    let mut line = if lines.is_empty() { Line::default() } else { lines.swap_remove(0) };
    // The line would go on, so it ends with a space.
    line.stretches.pop_if(|last| last.is_space);
    line.stretches.extend(ellipsis.stretches);
    line.width += ellipsis.width;
    line
}
