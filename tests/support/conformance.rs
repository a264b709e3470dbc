//! The automated checks of a PDF.

use page_validation::{SafetyLimits, ValidationOptions, ValidationProfile, validate_pdf_bytes};

/// Panics unless a PDF passes the checks for PDF/UA-1 and PDF/A-2a.
pub fn assert_conforms(bytes: &[u8]) {
    let end = b"\r\nendstream";
    assert!(!bytes.windows(end.len()).any(|window| window == end), "a stream seems a byte shorter than it is");
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile).limits(SafetyLimits::unlimited());
        let report = validate_pdf_bytes(bytes, &options).unwrap();
        assert!(report.is_compliant, "{report}");
    }
}
