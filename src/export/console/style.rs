//! Ink and line breaks of a terminal.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use crate::export::visible::visible_text;

/// The last column that a line reaches, of a terminal of 100.
pub const WIDTH: usize = 96;

/// Whether colours are drawn. They only repeat what the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text alone: for files, pipes and `NO_COLOR`.
    Plain,
    /// With ANSI colours: for a terminal.
    Colour,
}

/// What a text is painted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// A heading.
    Heading,
    /// An error that stands.
    Error,
    /// A warning.
    Warning,
    /// Good to know.
    Info,
    /// Explained, or clear.
    Clear,
}

impl Style {
    /// The text in its ink; plain text is left as it is.
    pub fn paint(self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Heading => "1",
            Ink::Error => "1;31",
            Ink::Warning => "1;33",
            Ink::Info => "1;36",
            Ink::Clear => "1;32",
        };
        match self {
            Self::Plain => text.to_owned(),
            Self::Colour => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

/// The lines of a text, made fit for a terminal: the first indented by `first` spaces, the others by `rest`.
pub fn wrapped(text: &str, first: usize, rest: usize) -> Vec<String> {
    let (first, rest) = (" ".repeat(first), " ".repeat(rest));
    // Words are parted at spaces alone: 2022-23 and a file's name stay whole where they can.
    let options = Options::new(WIDTH)
        .initial_indent(&first)
        .subsequent_indent(&rest)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(&visible_text(text), options).into_iter().map(|line| line.into_owned()).collect()
}
