//! The committee appendix as PDF and HTML: two drawings of one [`Document`], so that they cannot disagree.
//!
//! The PDF is tagged and passes automated PDF/UA-1 and PDF/A-2a checks. [`refuse`] looks before anything is drawn;
//! `blocks` sets the document's parts into lines (`front`, `text`, `facts`, `table`, `figure`) and places them on pages
//! (`flow`, with `footnotes` at their foot); `tagged` is the only way to draw; printpdf writes the pages and `conform`
//! adds what it lacks: the tree (`structure`), `links` and the `outline`. `html` writes the page. A chart is drawn by `chart`
//! into a `scene` of shapes, for the width of each edition; the page writes it as `svg`.

mod alphabet;
mod balance;
mod blocks;
mod chart;
mod colour_profile;
mod columns;
mod conform;
mod facts;
mod figure;
mod flow;
mod fonts;
mod footnotes;
mod front;
mod html;
mod links;
mod outline;
mod packing;
mod refuse;
mod running;
mod scene;
mod structure;
mod style;
mod svg;
mod table;
mod tagged;
mod text;
mod typeset;

use printpdf::{CustomPdfConformance, PdfConformance, PdfDocument, PdfSaveOptions};

pub use alphabet::Alphabet;
pub use refuse::{Reason, Refusal};

use crate::model::document::Document;
use fonts::Fonts;
use tagged::Canvas;

/// Writes the document as a tagged PDF. The same document always gives the same bytes.
pub fn pdf(document: &Document) -> Result<Vec<u8>, Refusal> {
    let mut fonts = Fonts::new().map_err(Refusal::of_writer)?;
    refuse::check(document, &fonts)?;
    refuse::check_room(document, &mut fonts)?;

    let mut canvas = Canvas::new();
    let headings = blocks::lay_out(&mut canvas, &mut fonts, document);
    running::draw(&mut canvas, &mut fonts, document);
    let mut drawing = canvas.finish();

    let mut print = PdfDocument::new(&document.title);
    // Anything else would have printpdf add metadata and a CMYK profile of its own.
    print.metadata.info.conformance = PdfConformance::Custom(CustomPdfConformance {
        requires_icc_profile: false,
        requires_xmp_metadata: false,
        ..CustomPdfConformance::default()
    });
    print.resources.fonts = fonts.embed().map_err(Refusal::of_writer)?;
    print.pages = std::mem::take(&mut drawing.pages);
    let file = print.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    conform::finish(file, document, &drawing, &headings)
}

/// Writes the document as one HTML file.
pub fn html(document: &Document) -> Result<String, Refusal> {
    let mut fonts = Fonts::new().map_err(Refusal::of_writer)?;
    refuse::check_structure(document)?;
    Ok(html::write(document, &mut fonts))
}
