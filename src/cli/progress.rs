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

/// Colour on a terminal that takes it, unless `NO_COLOR` asks for none.
pub fn style() -> Style {
    // A console of Windows shows the signs for colours as they are until it is asked to take them. Others need no asking.
    let takes_colour = || anstyle_query::windows::enable_ansi_colors().unwrap_or(true);
    style_of(io::stdout().is_terminal(), takes_colour, env::var_os("NO_COLOR").as_deref())
}

/// An empty `NO_COLOR` asks for nothing (no-color.org).
fn style_of(is_terminal: bool, takes_colour: impl Fn() -> bool, no_color: Option<&OsStr>) -> Style {
    let wants_none = no_color.is_some_and(|value| !value.is_empty());
    if is_terminal && !wants_none && takes_colour() { Style::Colour } else { Style::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_for_a_terminal_that_takes_and_wants_it() {
        for (is_terminal, takes_colour, no_color, expected) in [
            (true, true, None, Style::Colour),
            (true, true, Some(""), Style::Colour),
            (true, true, Some("1"), Style::Plain),
            (true, false, None, Style::Plain),
            (false, true, None, Style::Plain),
        ] {
            let style = style_of(is_terminal, || takes_colour, no_color.map(OsStr::new));
            assert_eq!(style, expected, "{is_terminal} {takes_colour} {no_color:?}");
        }
    }

    /// What is no terminal is not asked: asking changes a terminal.
    #[test]
    fn who_wants_no_colour_is_not_asked() {
        let asked = || -> bool { panic!("the terminal was asked") };
        assert_eq!(style_of(false, asked, None), Style::Plain);
        assert_eq!(style_of(true, asked, Some(OsStr::new("1"))), Style::Plain);
    }
}
