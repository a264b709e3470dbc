//! Workbooks with other bytes in them, and the sample's registers (`.xls`) to put these in.

use std::path::Path;

/// The registers of the sample year.
pub fn registers() -> Vec<u8> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    std::fs::read(samples.join("2022-23/registers/SWCSP registers 2022-23.xls")).expect("a workbook of the sample year")
}

/// What Excel writes for a workbook that is locked with a password: a compound file that holds an encrypted package.
pub fn locked_with_password() -> Vec<u8> {
    patched(&registers(), &entry("Workbook"), &entry("EncryptedPackage"))
}

/// The name and its length in an entry of a compound file's directory.
fn entry(name: &str) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(entry.len() + 2).expect("a short name");
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry
}

/// Puts other bytes wherever some stand, which must be somewhere.
pub fn patched(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut patched = bytes.to_vec();
    let places: Vec<usize> = (0..=bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from)).collect();
    assert!(!places.is_empty());
    places.into_iter().for_each(|at| patched[at..at + to.len()].copy_from_slice(to));
    patched
}
