//! The PDF edition.

use crosscast::export::appendix;
use page_validation::{SafetyLimits, ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::sample;

#[test]
fn it_passes_the_checks_for_accessibility_and_archiving() {
    for document in [sample::short(), sample::year_end(), sample::draft()] {
        let bytes = appendix::pdf(&document).unwrap();
        assert_conforms(&bytes);
    }
}

fn assert_conforms(bytes: &[u8]) {
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile).limits(SafetyLimits::unlimited());
        let report = validate_pdf_bytes(bytes, &options).unwrap();
        assert!(report.is_compliant, "{report}");
    }
}
