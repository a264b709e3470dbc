//! The automated checks of a PDF: those of a checker for PDF/UA-1 and PDF/A-2a, and those that it does not make.

mod tags;
mod widths;

use page_validation::{SafetyLimits, ValidationOptions, ValidationProfile, validate_pdf_bytes};

/// Panics unless a PDF passes all checks.
pub fn assert_conforms(bytes: &[u8]) {
    let end = b"\r\nendstream";
    assert!(!bytes.windows(end.len()).any(|window| window == end), "a stream seems a byte shorter than it is");
    let faults = faults(bytes);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What the checks find, one line each: those of the checker begin with the number of the rule, ours with `own`.
pub fn faults(bytes: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile).limits(SafetyLimits::unlimited());
        let report = validate_pdf_bytes(bytes, &options).unwrap();
        faults.extend(report.failures.iter().map(|failure| format!("{}: {}", failure.rule_id, failure.message)));
    }
    let own = tags::faults(bytes).into_iter().chain(widths::faults(bytes));
    faults.extend(own.map(|fault| format!("own: {fault}")));
    faults
}
