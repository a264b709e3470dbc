//! The stream of a workbook within a compound file (MS-CFB).

use super::ole::{FIRST_SPECIAL_SECTOR, SMALL_SECTOR, sector_size, word};

/// Streams of fewer bytes lie in small sectors.
const SMALL_STREAM: usize = 4096;
/// A directory entry takes this many bytes.
const ENTRY: usize = 128;
/// Sectors of the allocation table that the header lists, and where it begins to.
const LISTED: (usize, usize) = (109, 76);

/// The bytes of the stream of an old workbook; none where there is no such stream or it cannot be followed.
pub(super) fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = CompoundFile::open(bytes)?;
    file.stream("Workbook").or_else(|| file.stream("Book"))
}

/// A compound file, as far as it takes to follow a stream.
struct CompoundFile<'b> {
    bytes: &'b [u8],
    /// Bytes of a sector.
    size: usize,
    /// For each sector the one that follows it.
    next: Vec<u32>,
    directory: Vec<u8>,
}

impl<'b> CompoundFile<'b> {
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let size = sector_size(bytes)?;
        let mut file = Self { bytes, size, next: Vec::new(), directory: Vec::new() };
        let most = bytes.len() / size;
        let mut table: Vec<u32> = (0..LISTED.0).filter_map(|index| word(bytes, LISTED.1 + 4 * index)).collect();
        // Further sectors of the table are listed in sectors of their own, whose last word leads to the next of them.
        let mut further = word(bytes, 68)?;
        while let Some(sector) = file.sector(further).filter(|_| table.len() <= most) {
            table.extend((0..size / 4 - 1).filter_map(|index| word(sector, 4 * index)));
            further = word(sector, size - 4)?;
        }
        for sector in table.into_iter().filter(|sector| *sector < FIRST_SPECIAL_SECTOR) {
            let sector = file.sector(sector)?;
            file.next.extend((0..size / 4).filter_map(|index| word(sector, 4 * index)));
        }
        file.directory = file.chain(word(bytes, 48)?)?;
        Some(file)
    }

    /// A sector; the header takes the place of one before the first.
    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let begins = (number as usize).checked_add(1)?.checked_mul(self.size)?;
        let ends = begins.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(begins..ends).filter(|sector| !sector.is_empty())
    }

    /// The bytes of the sectors that follow each other from one on. None where they go round in a circle.
    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        let mut sector = first;
        for _ in 0..=self.next.len() {
            if sector >= FIRST_SPECIAL_SECTOR {
                return Some(content);
            }
            content.extend_from_slice(self.sector(sector)?);
            sector = *self.next.get(sector as usize)?;
        }
        None
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let mut field: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        field.extend([0, 0]);
        let length = u16::try_from(field.len()).ok()?.to_le_bytes();
        let mut entries = self.directory.chunks_exact(ENTRY);
        let root = entries.clone().next()?;
        let entry = entries.find(|entry| entry.starts_with(&field) && entry[64..66] == length)?;
        let (first, size) = (word(entry, 116)?, word(entry, 120)? as usize);
        let mut content = if size < SMALL_STREAM { self.small_chain(root, first)? } else { self.chain(first)? };
        content.truncate(size);
        (content.len() == size).then_some(content)
    }

    /// The same of small sectors, which lie in a stream of their own.
    fn small_chain(&self, root: &[u8], first: u32) -> Option<Vec<u8>> {
        let (sectors, next) = (self.chain(word(root, 116)?)?, self.chain(word(self.bytes, 60)?)?);
        let mut content = Vec::new();
        let mut sector = first;
        for _ in 0..=next.len() / 4 {
            if sector >= FIRST_SPECIAL_SECTOR {
                return Some(content);
            }
            let begins = (sector as usize).checked_mul(SMALL_SECTOR)?;
            content.extend_from_slice(sectors.get(begins..begins.checked_add(SMALL_SECTOR)?)?);
            sector = word(&next, (sector as usize).checked_mul(4)?)?;
        }
        None
    }
}
