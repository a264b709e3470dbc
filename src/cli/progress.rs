//! Progress on standard error: a bar on a terminal, nothing elsewhere.

use std::io::{self, IsTerminal};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::export::console::{Style, visible_text};
use crate::model::{Event, Progress};

/// A bar that moves with each workbook.
pub struct Bar(Mutex<ProgressBar>);

impl Bar {
    /// A bar that is drawn when standard error is a terminal.
    pub fn new() -> Self {
        let target =
            if io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self(Mutex::new(ProgressBar::with_draw_target(Some(0), target)))
    }

    /// Takes the bar off the screen.
    pub fn finish(&self) {
        self.with(|bar| bar.finish_and_clear());
    }

    fn with(&self, draw: impl FnOnce(&ProgressBar)) {
        if let Ok(bar) = self.0.lock() {
            draw(&bar);
        }
    }
}

impl Progress for Bar {
    fn event(&self, event: Event<'_>) {
        self.with(|bar| match event {
            Event::Found(count) => {
                bar.set_length(count as u64);
                let style = ProgressStyle::with_template("{bar:24} {pos}/{len} workbooks  {wide_msg}");
                bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            }
            Event::Read(path) => {
                bar.set_message(visible_text(path).into_owned());
                bar.inc(1);
            }
            Event::Stage(what) => bar.set_message(what.to_owned()),
        });
    }
}

/// Colour on a terminal, unless `NO_COLOR` asks for none (no-color.org).
pub fn style() -> Style {
    let wants_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if io::stdout().is_terminal() && !wants_none { Style::Colour } else { Style::Plain }
}
