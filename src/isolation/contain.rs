//! Work on one workbook that may panic without ending the run or being heard of on the screen.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};

thread_local! {
    /// How many pieces of contained work this thread is within.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// What the work gives; none when it panicked. What it was changing may be half changed then, and must not be used.
pub fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    let depth = DEPTH.get();
    DEPTH.set(depth + 1);
    let result = catch_unwind(AssertUnwindSafe(work)).ok();
    DEPTH.set(depth);
    result
}

/// Has panics within contained work pass without a word: each becomes a finding. All others are told of as before.
pub fn quieten_contained_panics() {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        if DEPTH.get() == 0 {
            tell(panicked);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_goes_no_further() {
        let empty: [u32; 0] = [];
        let index = empty.len();
        assert_eq!(contained(|| contained(|| empty[index]).is_none().then(|| DEPTH.get())), Some(Some(1)));
        assert_eq!((contained(|| 1), DEPTH.get()), (Some(1), 0));
    }
}
