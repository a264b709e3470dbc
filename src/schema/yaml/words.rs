//! What the reader of YAML says, in words for whoever keeps the pack.

use serde_saphyr::Error;

/// Whether the text is no YAML at that place, as against YAML of another type than is wanted.
pub(super) fn is_syntax(error: &Error) -> bool {
    matches!(
        error,
        Error::ExternalMessage { .. }
            | Error::Eof { .. }
            | Error::ContainerEndMismatch { .. }
            | Error::UnexpectedContainerEndWhileReadingKeyNode { .. }
            | Error::FoldedBlockScalarMustIndentContent { .. }
            | Error::IndentationError { .. }
    )
}

/// What is wrong.
pub(super) fn of(error: &Error, is_syntax: bool) -> String {
    let what = match error {
        Error::Unexpected { expected: "sequence start", .. } => "a list is wanted here".to_owned(),
        Error::Unexpected { expected: "mapping start", .. } => "keys with values are wanted here".to_owned(),
        Error::Unexpected { expected: "string scalar", .. } | Error::NullIntoString { .. } => {
            "a text is wanted here".to_owned()
        }
        Error::InvalidScalar { ty, .. } if ty.contains("bool") => "true or false is wanted here".to_owned(),
        Error::InvalidScalar { ty, .. } if ty.starts_with('u') => "a whole number from 0 is wanted here".to_owned(),
        Error::SerdeInvalidValue { expected, .. } if expected.starts_with("a nonzero u") => {
            "a whole number from 1 is wanted here".to_owned()
        }
        Error::SerdeInvalidType { expected, .. } => format!("{expected} is wanted here"),
        Error::DuplicateMappingKey { key: Some(key), .. } => format!("the key {key} is given twice"),
        Error::Message { msg, .. } => msg.clone(),
        Error::ExternalMessage { msg, .. } => msg.clone(),
        other => {
            let text = other.render();
            text.lines().next().unwrap_or_default().to_owned()
        }
    };
    let what = what.split(" at line ").next().unwrap_or_default().trim_end_matches('.');
    if is_syntax { format!("this is not YAML: {what}") } else { what.to_owned() }
}
