//! What printpdf does not write: the tags, language, metadata, colour profile and outline that PDF/UA-1 and PDF/A-2a ask
//! for; and what it writes wrongly is mended here.

use lopdf::{Dictionary, Document as File, Object, ObjectId, Stream, StringFormat, dictionary, text_string};
use sha2::{Digest, Sha256};

use super::refuse::Refusal;
use super::tagged::Drawing;
use super::{colour_profile, links, outline, packing, structure};
use crate::export::escape::escaped;
use crate::model::document::Document;

const CREATOR: &str = concat!("Crosscast ", env!("CARGO_PKG_VERSION"));
const PRODUCER: &str = "printpdf 0.12.8";

/// Finishes the file and returns its bytes.
pub(super) fn finish(
    mut file: File,
    document: &Document,
    drawing: &Drawing,
    headings: &[outline::Entry],
) -> Result<Vec<u8>, Refusal> {
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    for (number, page) in pages.iter().enumerate() {
        if let Ok(page) = file.get_dictionary_mut(*page) {
            page.remove(b"Annots");
            page.set("StructParents", number as i64);
            page.set("Tabs", "S");
        }
    }
    let annotations = links::write(&mut file, drawing, &pages);
    let tree = structure::write(&mut file, drawing, &pages, &annotations);
    let outlines = outline::write(&mut file, headings, &pages);
    let metadata = file.add_object(metadata(document));
    let intent = output_intent(&mut file);
    if let Ok(catalog) = file.catalog_mut() {
        complete_catalog(catalog, document, tree, outlines, metadata, intent);
    }
    replace_info(&mut file, document);
    set_identifier(&mut file, document);

    file.version = "1.7".to_owned();
    packing::compress(&mut file);
    packing::save(file).map_err(Refusal::of_writer)
}

fn complete_catalog(
    catalog: &mut Dictionary,
    document: &Document,
    tree: ObjectId,
    outlines: Option<ObjectId>,
    metadata: ObjectId,
    intent: Dictionary,
) {
    catalog.set("Lang", text_string(&document.language));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("StructTreeRoot", tree);
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("PageLayout", "OneColumn");
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", "UseOutlines");
    }
}

fn output_intent(file: &mut File) -> Dictionary {
    let profile = file.add_object(Stream::new(dictionary! { "N" => 3 }, colour_profile::srgb()));
    let name = Object::string_literal("sRGB IEC61966-2.1");
    dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => name.clone(),
        "Info" => name,
        "DestOutputProfile" => profile,
    }
}

/// No dates: they would be those of the run, and the same workbooks must give the same bytes.
fn replace_info(file: &mut File, document: &Document) {
    let mut info = dictionary! {
        "Title" => text_string(&document.shown_title()),
        "Creator" => text_string(CREATOR),
        "Producer" => text_string(PRODUCER),
    };
    if !document.author.is_empty() {
        info.set("Author", text_string(&document.author));
    }
    if !document.subject.is_empty() {
        info.set("Subject", text_string(&document.subject));
    }
    match file.trailer.get(b"Info").and_then(Object::as_reference) {
        Ok(id) => file.set_object(id, info),
        Err(_) => {
            let id = file.add_object(info);
            file.trailer.set("Info", id);
        }
    }
}

/// The file's identifier is a fingerprint of what it says, so that equal documents are equal files.
fn set_identifier(file: &mut File, document: &Document) {
    let mut hash = Sha256::new();
    hash.update(CREATOR);
    hash.update(format!("{document:?}"));
    let identifier = Object::String(hash.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![identifier.clone(), identifier]);
}

fn metadata(document: &Document) -> Stream {
    let optional = |before: &str, text: &str, after: &str| match text {
        "" => String::new(),
        text => format!("   {before}{}{after}\n", escaped(text)),
    };
    let packet = format!(
        include_str!("metadata.xmp"),
        title = escaped(&document.shown_title()),
        author = optional("<dc:creator><rdf:Seq><rdf:li>", &document.author, "</rdf:li></rdf:Seq></dc:creator>"),
        subject = optional(
            "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
            &document.subject,
            "</rdf:li></rdf:Alt></dc:description>"
        ),
        language = escaped(&document.language),
        creator = CREATOR,
        producer = PRODUCER,
    );
    let packet = packet.trim_end().to_owned();
    // PDF/A lets a reader find the metadata without decoding a stream.
    Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet.into_bytes()).with_compression(false)
}
