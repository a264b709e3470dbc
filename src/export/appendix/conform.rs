//! What printpdf does not write: the tags, language, metadata, colour profile and outline that PDF/UA-1 and PDF/A-2a ask
//! for; and what it writes wrongly is mended here.

use lopdf::{
    Dictionary, Document as File, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary, text_string,
};
use sha2::{Digest, Sha256};

use super::refuse::Refusal;
use super::tagged::Drawing;
use super::{colour_profile, links, outline, structure};
use crate::export::escape::escaped;
use crate::model::document::Document;

const CREATOR: &str = concat!("Crosscast ", env!("CARGO_PKG_VERSION"));
/// What a stream must not end with.
const STREAM_END: &[u8] = b"\r\nendstream";
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
    compress(&mut file);
    save(file).map_err(Refusal::of_writer)
}

/// Compresses all streams, so that none ends with a carriage return: with the line feed that follows it would be taken
/// for the end of a line, and the stream for one byte shorter than it says. One stream in 256 would end so.
fn compress(file: &mut File) {
    file.compress();
    for object in file.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        while stream.content.last() == Some(&b'\r') {
            // White space at the end changes neither page contents nor maps, and a font is as long as `Length1` says.
            let Ok(mut content) = stream.decompressed_content() else { break };
            content.push(b'\n');
            if stream.dict.has(b"Length1") {
                stream.dict.set("Length1", content.len() as i64);
            }
            stream.dict.remove(b"Filter");
            stream.set_content(content);
            if stream.compress().is_err() {
                break;
            }
        }
    }
}

/// Writes the file with object streams, which hold most of it: the structure tree is thousands of small, like objects,
/// which pack best in large streams. Their number is lowered until none ends with a carriage return.
fn save(mut file: File) -> Result<Vec<u8>, std::io::Error> {
    let highest = file.max_id;
    let mut bytes = Vec::new();
    for objects in (990..=1000).rev() {
        let options = SaveOptions::builder()
            .use_object_streams(true)
            .use_xref_streams(true)
            .max_objects_per_stream(objects)
            .compression_level(6)
            .build();
        bytes.clear();
        file.max_id = highest;
        file.save_with_options(&mut bytes, options)?;
        if !bytes.windows(STREAM_END.len()).any(|window| window == STREAM_END) {
            break;
        }
    }
    Ok(bytes)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_packed_stream_ends_with_a_carriage_return() {
        let contents: Vec<Vec<u8>> = (200..800).map(|length| vec![b'a'; length]).collect();
        let packed = |content: &Vec<u8>| {
            let mut stream = Stream::new(dictionary! { "Length1" => content.len() as i64 }, content.clone());
            stream.compress().unwrap();
            stream
        };
        assert!(contents.iter().any(|content| packed(content).content.last() == Some(&b'\r')), "the fault is there");

        let mut file = File::new();
        let ids: Vec<ObjectId> = contents.iter().map(|content| file.add_object(packed(content))).collect();
        compress(&mut file);
        for (id, content) in ids.iter().zip(&contents) {
            let stream = file.get_object(*id).and_then(Object::as_stream).unwrap();
            assert_ne!(stream.content.last(), Some(&b'\r'));
            let unpacked = stream.decompressed_content().unwrap();
            assert_eq!(unpacked.trim_ascii_end(), content);
            assert_eq!(stream.dict.get(b"Length1").and_then(Object::as_i64).unwrap(), unpacked.len() as i64);
        }
    }
}
