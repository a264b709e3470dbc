//! The document's language. The library that writes workbooks has no setting for it, so it is put into the finished
//! file: `dc:language` in `docProps/core.xml` (ECMA-376, part 2, core properties).

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::WorkbookError;
use crate::export::escape::escaped;

const CORE: &str = "docProps/core.xml";
const END: &str = "</cp:coreProperties>";

/// The workbook with its language set; every other part is copied as it is.
pub fn with_language(workbook: Vec<u8>, language: &str) -> Result<Vec<u8>, WorkbookError> {
    let failed = |why: &dyn std::fmt::Display| WorkbookError::Excel(format!("its language could not be set: {why}"));
    let mut parts = ZipArchive::new(Cursor::new(workbook)).map_err(|why| failed(&why))?;
    let mut patched = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: the day is the same in every file of this kind.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for index in 0..parts.len() {
        let mut part = parts.by_index(index).map_err(|why| failed(&why))?;
        if part.name().is_ok_and(|name| name == CORE) {
            let mut core = String::new();
            part.read_to_string(&mut core).map_err(|why| failed(&why))?;
            patched.start_file(CORE, options).map_err(|why| failed(&why))?;
            patched.write_all(with_element(&core, language).as_bytes()).map_err(|why| failed(&why))?;
        } else {
            drop(part);
            let raw = parts.by_index_raw(index).map_err(|why| failed(&why))?;
            patched.raw_copy_file(raw).map_err(|why| failed(&why))?;
        }
    }
    Ok(patched.finish().map_err(|why| failed(&why))?.into_inner())
}

/// The properties with the language as their last element; their order is free.
fn with_element(core: &str, language: &str) -> String {
    core.replace(END, &format!("<dc:language>{}</dc:language>{END}", escaped(language)))
}
