//! Progress on standard error: a line that is kept up to date on a terminal, nothing elsewhere.

mod going;

use std::env;
use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::export::console::Style;
use crate::inbox::Found;
use crate::model::{Event, Progress};
use going::Going;

/// What is done sooner flickers by without a word.
const QUIET: Duration = Duration::from_secs(1);
/// How often the line is drawn anew, so that a workbook that takes long is seen to move.
const BETWEEN_DRAWINGS: Duration = Duration::from_millis(125);

/// A line on the terminal that says how far the work is.
#[derive(Clone)]
pub struct Bar(Arc<Line>);

/// The line, until nobody has it any more.
struct Line {
    going: Arc<Mutex<Going>>,
    began: Instant,
    drawing: Mutex<Option<Drawing>>,
}

/// The thread that draws. It ends when there is nobody left to tell it to.
struct Drawing {
    until: Sender<()>,
    thread: JoinHandle<()>,
}

impl Bar {
    /// A line that is drawn when standard error is a terminal, and the work takes longer than a second.
    pub fn new() -> Self {
        Self::of(Going::default())
    }

    /// The same for workbooks whose lengths tell how much is still to be read.
    pub fn over(workbooks: &[Found]) -> Self {
        let length = |found: &Found| found.location.metadata().map_or(0, |metadata| metadata.len());
        Self::of(Going::over(workbooks.iter().map(|found| (found.path.clone(), length(found)))))
    }

    fn of(going: Going) -> Self {
        let (going, began) = (Arc::new(Mutex::new(going)), Instant::now());
        let drawing = if io::stderr().is_terminal() { draw(&going, began) } else { None };
        Self(Arc::new(Line { going, began, drawing: Mutex::new(drawing) }))
    }

    /// Takes the line off the screen. It does not come back.
    pub fn finish(&self) {
        self.0.finish();
    }
}

impl Line {
    fn finish(&self) {
        if let Some(Drawing { until, thread }) = locked(&self.drawing).take() {
            drop(until);
            let _ = thread.join();
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Progress for Bar {
    fn event(&self, event: Event<'_>) {
        let elapsed = self.0.began.elapsed();
        locked(&self.0.going).hear(event, elapsed);
    }
}

/// Starts to draw. Without the thread, the work is done as well and nothing is seen of it.
fn draw(going: &Arc<Mutex<Going>>, began: Instant) -> Option<Drawing> {
    let (until, ended) = channel();
    let going = Arc::clone(going);
    let thread = Builder::new().spawn(move || keep_drawing(&going, began, &ended)).ok()?;
    Some(Drawing { until, thread })
}

fn keep_drawing(going: &Mutex<Going>, began: Instant, ended: &Receiver<()>) {
    if ended.recv_timeout(QUIET) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    let line = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
        line.set_style(style);
    }
    loop {
        line.set_message(locked(going).in_words(began.elapsed()));
        line.tick();
        if ended.recv_timeout(BETWEEN_DRAWINGS) != Err(RecvTimeoutError::Timeout) {
            break;
        }
    }
    line.finish_and_clear();
}

/// What a thread left that broke down is as good as ever: it is only drawn.
fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
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
