//! Fingerprints of files.

use sha2::{Digest, Sha256};

/// The SHA-256 of bytes (FIPS 180-4), in lower-case hexadecimal: equal bytes have equal fingerprints.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_fips_180_4() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
