//! Zip packages written byte by byte, for what no crate writes: sizes that lie, names that no workbook has, parts in one
//! place. What is not said otherwise is as it should be.

use super::package::package;

/// A part, with what its headers say of it.
#[derive(Clone)]
pub struct RawPart {
    /// The name in the part's own header and, unless [`listed`](Self::listed) says otherwise, in the directory.
    pub name: Vec<u8>,
    /// The bytes as they lie in the package.
    pub packed: Vec<u8>,
    /// How they are packed: 0 stored, 8 deflated.
    pub method: u16,
    /// Flags: 1 is encrypted.
    pub flags: u16,
    /// The checksum that is stated.
    pub checksum: u32,
    /// The unpacked size that is stated.
    pub size: u32,
    /// The name in the directory, where it is another.
    pub listed: Option<Vec<u8>>,
    /// The number of the part whose bytes this one uses; it has none of its own then.
    pub shares: Option<usize>,
}

impl RawPart {
    /// A part that is stored as it is.
    pub fn stored(name: &str, content: &[u8]) -> Self {
        let size = u32::try_from(content.len()).expect("a short part");
        Self {
            name: name.as_bytes().to_vec(),
            packed: content.to_vec(),
            method: 0,
            flags: 0,
            checksum: checksum(content),
            size,
            listed: None,
            shares: None,
        }
    }

    /// A part that is deflated.
    pub fn deflated(name: &str, content: &[u8]) -> Self {
        let packed = package(&[("a", content)]);
        let archive = zip::ZipArchive::new(std::io::Cursor::new(&packed[..])).expect("a package");
        let part = archive.by_index_data(0).expect("a part");
        // The header of a part named by one letter takes 31 bytes.
        let length = usize::try_from(part.compressed_size()).expect("a short part");
        let size = u32::try_from(content.len()).expect("a short part");
        let checksum = part.crc32();
        Self { packed: packed[31..31 + length].to_vec(), method: 8, checksum, size, ..Self::stored(name, b"") }
    }
}

/// The bytes of a package of these parts.
pub fn raw_package(parts: &[RawPart]) -> Vec<u8> {
    raw_package_with(parts, 0)
}

/// The same as one piece of several, by the number of the disk that its end says that it is on.
pub fn raw_package_with(parts: &[RawPart], disk: u16) -> Vec<u8> {
    let mut written = Vec::new();
    let mut begins = Vec::new();
    for part in parts {
        match part.shares {
            Some(other) => begins.push(begins[other]),
            None => {
                begins.push(written.len());
                written.extend(b"PK\x03\x04\x14\0");
                written.extend(fields(part, &part.name));
                written.extend(&part.name);
                written.extend(&part.packed);
            }
        }
    }
    let directory = written.len();
    for (part, begins) in parts.iter().zip(&begins) {
        let name = part.listed.as_ref().unwrap_or(&part.name);
        written.extend(b"PK\x01\x02\x14\0\x14\0");
        written.extend(fields(part, name));
        // No comment, the first disk, no attributes.
        written.extend([0; 10]);
        written.extend(u32::try_from(*begins).expect("a small package").to_le_bytes());
        written.extend(name);
    }
    let length = written.len() - directory;
    let count = u16::try_from(parts.len()).expect("few parts");
    written.extend(b"PK\x05\x06");
    written.extend(disk.to_le_bytes());
    written.extend([0; 2]);
    written.extend(count.to_le_bytes());
    written.extend(count.to_le_bytes());
    written.extend(u32::try_from(length).expect("a small package").to_le_bytes());
    written.extend(u32::try_from(directory).expect("a small package").to_le_bytes());
    written.extend([0; 2]);
    written
}

/// What both headers of a part say alike: flags, method, the first day that there is, checksum, sizes, length of the name.
fn fields(part: &RawPart, name: &[u8]) -> Vec<u8> {
    let packed = u32::try_from(part.packed.len()).expect("a short part");
    let mut written = Vec::new();
    written.extend(part.flags.to_le_bytes());
    written.extend(part.method.to_le_bytes());
    written.extend([0, 0, 0x21, 0]);
    written.extend(part.checksum.to_le_bytes());
    written.extend(packed.to_le_bytes());
    written.extend(part.size.to_le_bytes());
    written.extend(u16::try_from(name.len()).expect("a short name").to_le_bytes());
    written.extend([0; 2]);
    written
}

/// The checksum of zip packages (CRC-32).
pub fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
        }
    }
    !sum
}
