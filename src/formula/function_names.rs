//! The names of Excel's functions as files write them.

/// What files put before the names of functions that are newer than the format.
const PREFIXES: [&str; 5] = ["_XLFN.", "_XLWS.", "COM.MICROSOFT.", "ORG.LIBREOFFICE.", "ORG.OPENOFFICE."];

/// Functions whose result may change although no cell that the formula names does.
const VOLATILE: [&str; 9] = ["NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "OFFSET", "INDIRECT", "CELL", "INFO"];

/// A function's name in capitals, without prefixes.
pub(super) fn plain(written: &str) -> String {
    let capitals = written.trim().to_uppercase();
    let mut name = capitals.as_str();
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)) {
        name = rest;
    }
    name.to_owned()
}

/// Whether a function, named as [`plain`] gives it, is volatile.
pub(super) fn is_volatile(name: &str) -> bool {
    VOLATILE.contains(&name)
}
