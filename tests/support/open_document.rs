//! Spreadsheets of LibreOffice (`.ods`) from the XML of their rows.

use super::package::package;

/// The bytes of an `.ods` workbook with one sheet. `rows` is the XML of its `table:table-row` elements.
pub fn open_document(sheet: &str, rows: &str) -> Vec<u8> {
    let namespaces = ["office", "table", "text"]
        .map(|name| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .join(" ");
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {namespaces} \
         xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\" \
         office:version=\"1.3\"><office:body><office:spreadsheet><table:table table:name=\"{sheet}\">{rows}\
         </table:table></office:spreadsheet></office:body></office:document-content>"
    );
    open_document_of(&content, "")
}

/// The bytes of an `.ods` package with the given `content.xml` and entries of its manifest.
pub fn open_document_of(content: &str, manifest: &str) -> Vec<u8> {
    let manifest = format!("<manifest:manifest xmlns:manifest=\"m\">{manifest}</manifest:manifest>");
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
        ("META-INF/manifest.xml", &manifest),
    ])
}
