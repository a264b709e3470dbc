//! Zip packages written field by field, so that they can lie.

/// An entry of a package: what its header says, and what the directory says.
#[derive(Clone)]
pub struct Entry {
    /// Its name in its own header.
    pub name: Vec<u8>,
    /// How it is packed: 0 stored, 8 deflated.
    pub method: u16,
    /// Its flags: 1 locked, 8 sizes behind the bytes, 0x800 the name is UTF-8.
    pub flags: u16,
    /// The bytes as they are packed.
    pub packed: Vec<u8>,
    /// The checksum, in both places.
    pub checksum: u32,
    /// The sizes in its header: packed, unpacked.
    pub sizes: (u32, u32),
    /// The sizes in the directory: packed, unpacked.
    pub listed_sizes: (u32, u32),
    /// Its name in the directory.
    pub listed_name: Vec<u8>,
    /// Which entry's bytes the directory leads to.
    pub leads_to: Option<usize>,
    /// Fields that the directory adds, such as those of zip64.
    pub extra: Vec<u8>,
}

impl Entry {
    /// An entry that is stored as it is.
    pub fn stored(name: &str, content: &[u8]) -> Self {
        let size = u32::try_from(content.len()).unwrap();
        Self {
            name: name.into(),
            method: 0,
            flags: 0,
            packed: content.to_vec(),
            checksum: checksum(content),
            sizes: (size, size),
            listed_sizes: (size, size),
            listed_name: name.into(),
            leads_to: None,
            extra: Vec::new(),
        }
    }

    /// The same, changed.
    pub fn but(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    fn fields(&self, sizes: (u32, u32)) -> Vec<u8> {
        let mut fields = Vec::new();
        fields.extend(20u16.to_le_bytes());
        fields.extend(self.flags.to_le_bytes());
        fields.extend(self.method.to_le_bytes());
        // The first of January 1980, at midnight.
        fields.extend([0, 0, 0x21, 0]);
        fields.extend(self.checksum.to_le_bytes());
        fields.extend(sizes.0.to_le_bytes());
        fields.extend(sizes.1.to_le_bytes());
        fields
    }
}

/// The entries of a book, stored.
pub fn stored(book: &super::probe::Book) -> Vec<Entry> {
    book.0.iter().map(|(name, content)| Entry::stored(name, content)).collect()
}

/// The package of these entries.
pub fn archive(entries: &[Entry]) -> Vec<u8> {
    archive_claiming(entries, u16::try_from(entries.len()).unwrap_or(u16::MAX))
}

/// The package of these entries, the number of which is not said rightly.
pub fn archive_claiming(entries: &[Entry], count: u16) -> Vec<u8> {
    let (mut bytes, mut begins) = (Vec::new(), Vec::new());
    for entry in entries {
        begins.push(u32::try_from(bytes.len()).unwrap());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(entry.fields(entry.sizes));
        bytes.extend(length(&entry.name));
        bytes.extend([0, 0]);
        bytes.extend(&entry.name);
        bytes.extend(&entry.packed);
    }
    let directory = u32::try_from(bytes.len()).unwrap();
    for (index, entry) in entries.iter().enumerate() {
        bytes.extend(b"PK\x01\x02\x14\x00");
        bytes.extend(entry.fields(entry.listed_sizes));
        bytes.extend(length(&entry.listed_name));
        bytes.extend(length(&entry.extra));
        bytes.extend([0; 10]);
        bytes.extend(begins[entry.leads_to.unwrap_or(index)].to_le_bytes());
        bytes.extend(&entry.listed_name);
        bytes.extend(&entry.extra);
    }
    let length = u32::try_from(bytes.len()).unwrap() - directory;
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend(directory.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

fn length(bytes: &[u8]) -> [u8; 2] {
    u16::try_from(bytes.len()).unwrap().to_le_bytes()
}

/// The checksum that a package keeps of a part (CRC-32).
pub fn checksum(bytes: &[u8]) -> u32 {
    let one =
        |rest: u32, byte: &u8| (0..8).fold(rest ^ u32::from(*byte), |rest, _| (rest >> 1) ^ (0xedb8_8320 * (rest & 1)));
    !bytes.iter().fold(!0, one)
}

/// Where a part's header begins in a package, and where its bytes begin.
pub fn place_of(bytes: &[u8], part: &str) -> (usize, usize) {
    let header = (0..bytes.len())
        .find(|at| bytes[*at..].starts_with(b"PK\x03\x04") && bytes[at + 30..].starts_with(part.as_bytes()));
    let header = header.unwrap();
    let two = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    (header, header + 30 + two(header + 26) + two(header + 28))
}

/// Where a part stands in the directory of a package.
pub fn listed_at(bytes: &[u8], part: &str) -> usize {
    let listed = (0..bytes.len())
        .find(|at| bytes[*at..].starts_with(b"PK\x01\x02") && bytes[at + 46..].starts_with(part.as_bytes()));
    listed.unwrap()
}
