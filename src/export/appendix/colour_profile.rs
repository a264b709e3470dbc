//! A small sRGB profile (ICC.1:2010, version 4), made here so that no file of others is needed.

/// Size of the header that the standard lays down.
const HEADER: usize = 128;

/// The bytes of the profile.
pub(super) fn srgb() -> Vec<u8> {
    // Red, green and blue primaries and the white point, adapted to D50 as profiles have them.
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", localised("sRGB")),
        (b"cprt", localised("No copyright, use freely")),
        (b"wtpt", xyz([0.9642, 1.0, 0.8249])),
        (b"chad", adaptation()),
        (b"rXYZ", xyz([0.436_066, 0.222_488, 0.013_916])),
        (b"gXYZ", xyz([0.385_147, 0.716_873, 0.097_076])),
        (b"bXYZ", xyz([0.143_066, 0.060_608, 0.714_096])),
        (b"rTRC", tone_curve()),
        (b"gTRC", tone_curve()),
        (b"bTRC", tone_curve()),
    ];

    let mut directory = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let start = HEADER + 4 + 12 * tags.len();
    for (signature, content) in &tags {
        directory.extend(*signature);
        directory.extend(((start + data.len()) as u32).to_be_bytes());
        directory.extend((content.len() as u32).to_be_bytes());
        data.extend(content);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = header(start + data.len());
    profile.extend(directory);
    profile.extend(data);
    profile
}

fn header(size: usize) -> Vec<u8> {
    let mut header = vec![0; HEADER];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &(size as u32).to_be_bytes());
    put(8, &[4, 0x20, 0, 0]); // version 4.2
    put(12, b"mntr");
    put(16, b"RGB ");
    put(20, b"XYZ ");
    put(24, &[0x07, 0xDA, 0, 1, 0, 1]); // a date is required: 1 January 2010, whenever it is made
    put(36, b"acsp");
    put(68, &fixed(0.9642)); // the illuminant, D50
    put(72, &fixed(1.0));
    put(76, &fixed(0.8249));
    header
}

/// A signed number with sixteen bits behind the point.
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65536.0).round() as i32).to_be_bytes()
}

fn typed(signature: &[u8; 4], content: impl IntoIterator<Item = u8>) -> Vec<u8> {
    signature.iter().copied().chain([0; 4]).chain(content).collect()
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    typed(b"XYZ ", values.into_iter().flat_map(fixed))
}

/// From D65, which screens have, to D50 (Bradford).
fn adaptation() -> Vec<u8> {
    let matrix = [1.047_882, 0.022_919, -0.050_217, 0.029_587, 0.990_479, -0.017_059, -0.009_232, 0.015_076, 0.751_678];
    typed(b"sf32", matrix.into_iter().flat_map(fixed))
}

/// The curve of IEC 61966-2-1: a power with a straight foot.
fn tone_curve() -> Vec<u8> {
    let parameters = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];
    typed(b"para", [0, 3, 0, 0].into_iter().chain(parameters.into_iter().flat_map(fixed)))
}

fn localised(text: &str) -> Vec<u8> {
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut content = Vec::new();
    content.extend(1u32.to_be_bytes());
    content.extend(12u32.to_be_bytes());
    content.extend(b"enUS");
    content.extend((utf16.len() as u32).to_be_bytes());
    content.extend(28u32.to_be_bytes());
    content.extend(utf16);
    typed(b"mluc", content)
}
