//! What a drop folder needs to know: what lies in it, whether that has come to rest, what is other than before, and what
//! this did to the findings; and the lines that are said of it.
//!
//! Nothing here looks at a disk or a clock: looks at the inbox come in as values ([`Look`]), and lines go out as texts. What a
//! run made of the inbox comes in as the report.

mod changes;
mod effects;
mod look;
mod settling;
mod words;

pub use changes::{Change, Judged, What, changes};
pub use effects::{Effects, Tally};
pub use look::{Look, Seen};
pub use settling::{MOST_LOOKS, Settled, Settling};
pub use words::{change_lines, new_lines, verdict_line};
