//! Progress on standard error: a bar on a terminal, nothing elsewhere.

use std::env;
use std::ffi::OsStr;
use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

use crate::export::console::{Style, visible_text};
use crate::model::{Event, Progress};

/// A bar that moves with each workbook.
#[derive(Clone)]
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar that is drawn when standard error is a terminal.
    pub fn new() -> Self {
        Self(ProgressBar::new(0))
    }

    /// Takes the bar off the screen.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::Found(count) => {
                self.0.set_length(count as u64);
                let style = ProgressStyle::with_template("{bar:24} {pos}/{len} workbooks  {wide_msg}");
                self.0.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            }
            Event::Read(path) => {
                self.0.set_message(visible_text(path).into_owned());
                self.0.inc(1);
            }
            Event::Stage(what) => self.0.set_message(what.to_owned()),
        }
    }
}

/// Colour on a terminal, unless `NO_COLOR` asks for none.
pub fn style() -> Style {
    style_of(io::stdout().is_terminal(), env::var_os("NO_COLOR").as_deref())
}

/// An empty `NO_COLOR` asks for nothing (no-color.org).
fn style_of(is_terminal: bool, no_color: Option<&OsStr>) -> Style {
    let wants_none = no_color.is_some_and(|value| !value.is_empty());
    if is_terminal && !wants_none { Style::Colour } else { Style::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_for_a_terminal_that_wants_it() {
        for (is_terminal, no_color, expected) in [
            (true, None, Style::Colour),
            (true, Some(""), Style::Colour),
            (true, Some("1"), Style::Plain),
            (false, None, Style::Plain),
        ] {
            let style = style_of(is_terminal, no_color.map(OsStr::new));
            assert_eq!(style, expected, "{is_terminal} {no_color:?}");
        }
    }
}
