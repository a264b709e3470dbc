//! The file made small: compressed streams, small objects packed into them, and the list of where each object is.

use lopdf::{Document as File, Object, SaveOptions, Stream, dictionary};

/// What a stream must not end with.
const STREAM_END: &[u8] = b"\r\nendstream";

/// Compresses all streams, so that none ends with a carriage return: with the line feed that follows it would be taken
/// for the end of a line, and the stream for one byte shorter than it says. One stream in 256 would end so.
pub(super) fn compress(file: &mut File) {
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
pub(super) fn save(mut file: File) -> Result<Vec<u8>, std::io::Error> {
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
        pack_cross_references(&mut bytes);
        if !has_stream_end(&bytes) {
            break;
        }
    }
    Ok(bytes)
}

/// Whether a stream ends with what none must end with. The file is looked through for the one byte that it begins with, since
/// to compare all of it at each byte takes as long as a quarter of the writing.
fn has_stream_end(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == STREAM_END[0]) {
        if rest[at..].starts_with(STREAM_END) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// Compresses the list of where each object is, which lopdf writes as it stands: a fifth of a long report. A list that
/// is not found as lopdf writes it is left alone.
fn pack_cross_references(bytes: &mut Vec<u8>) {
    if let Some(packed) = packed_cross_references(bytes) {
        bytes.truncate(packed.begins);
        bytes.extend(packed.bytes);
    }
}

struct Packed {
    /// Where the list begins.
    begins: usize,
    /// The list and the end of the file.
    bytes: Vec<u8>,
}

fn packed_cross_references(bytes: &[u8]) -> Option<Packed> {
    const LENGTH: &[u8] = b"/Length ";
    const STREAM: &[u8] = b">>stream\n";
    let tail = bytes.len().checked_sub(64)?;
    let end = std::str::from_utf8(bytes.get(tail + find(&bytes[tail..], b"startxref")?..)?).ok()?;
    let begins: usize = end.lines().nth(1)?.parse().ok()?;
    let list = bytes.get(begins..)?;
    let length = find(list, LENGTH)?;
    let stream = length + find(&list[length..], STREAM)?;
    let count: usize = std::str::from_utf8(&list[length + LENGTH.len()..stream]).ok()?.parse().ok()?;
    let content = list.get(stream + STREAM.len()..stream + STREAM.len() + count)?;

    let mut packed = Stream::new(dictionary! {}, content.to_vec());
    packed.compress().ok()?;
    if !packed.dict.has(b"Filter") {
        return None;
    }
    let mut written = list[..length].to_vec();
    written.extend(format!("/Filter/FlateDecode/Length {}", packed.content.len()).bytes());
    written.extend(STREAM);
    written.extend(&packed.content);
    written.extend(&list[stream + STREAM.len() + count..]);
    Some(Packed { begins, bytes: written })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use lopdf::ObjectId;

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

    #[test]
    fn the_end_of_a_stream_is_found_wherever_it_stands() {
        for (bytes, found) in [
            (&b"stream\nabc\r\nendstream"[..], true),
            (b"\r\r\nendstream\nx", true),
            (b"\r\nendstrea", false),
            (b"\r endstream \r\n endstream", false),
            (b"abc\nendstream", false),
            (b"", false),
        ] {
            assert_eq!(has_stream_end(bytes), found, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_packed_list_still_leads_to_each_object() {
        let mut file = File::new();
        let ids: Vec<ObjectId> = (0..3000).map(|number: i64| file.add_object(number)).collect();
        let catalog = file.add_object(dictionary! { "Type" => "Catalog" });
        file.trailer.set("Root", catalog);
        let bytes = save(file).unwrap();
        let read = File::load_mem(&bytes).unwrap();
        for (number, id) in ids.iter().enumerate() {
            assert_eq!(read.get_object(*id).and_then(Object::as_i64).unwrap(), number as i64);
        }
        let end = String::from_utf8_lossy(&bytes[bytes.len() - 20..]).into_owned();
        let begins: usize = end.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(bytes.len() - begins < 3000 * 7 / 2, "{} bytes of list", bytes.len() - begins);
        // Near misses: nothing is lost of what is not such a file.
        for other in [&b""[..], b"startxref", b"startxref\n5\n%%EOF", &bytes[..bytes.len() - 20]] {
            let mut left = other.to_vec();
            pack_cross_references(&mut left);
            assert_eq!(left, other);
        }
    }
}
