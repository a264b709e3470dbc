//! Where a place in the text is, as a path of keys and list positions: told from the indentation and from `{…}`.

use super::mend::{byte_of_column, indent, key_in, key_of, open_entries};

/// `workbooks[2].tables`, from the segments of a validator's path.
pub(super) fn shown<'a>(segments: impl Iterator<Item = &'a str>) -> String {
    let named = segments.filter(|name| *name != "__all__");
    joined(named.map(|name| if name.parse::<usize>().is_ok() { format!("[{name}]") } else { name.to_owned() }))
}

fn joined(segments: impl Iterator<Item = String>) -> String {
    let mut path = String::new();
    for segment in segments {
        if !segment.starts_with('[') && !path.is_empty() {
            path.push('.');
        }
        path.push_str(&segment);
    }
    path
}

/// The path of the record that an entry is in.
pub(super) fn parent(path: &str) -> &str {
    match path.rfind(['.', '[']) {
        Some(at) => &path[..at],
        None => "",
    }
}

/// The path to an entry: to its line in the file as it was, and within `{…}` as it is now.
pub(super) fn path_at(original: &str, text: &str, line: usize, column: usize) -> String {
    let mut segments = segments_of_line(original, line);
    if let Some(content) = line.checked_sub(1).and_then(|index| text.lines().nth(index)) {
        segments.extend(open_entries(content, byte_of_column(content, column)).into_iter().map(|entry| entry.name));
    }
    joined(segments.into_iter())
}

/// A record, or a value, and where it begins.
pub(super) struct Whole {
    /// The path.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
}

/// The record of keys around a place: the `{…}` or the item of a list that holds it.
pub(super) fn record_at(original: &str, text: &str, line: usize, column: usize) -> Whole {
    let lines: Vec<&str> = text.lines().collect();
    let Some(content) = line.checked_sub(1).and_then(|index| lines.get(index)) else {
        return Whole { path: String::new(), line };
    };
    let at = byte_of_column(content, column);
    let within = open_entries(content, at);
    if !within.is_empty() || content.trim_end().ends_with('}') {
        let mut segments = segments_of_line(original, line);
        // Of a record with nothing in it the place is its brace, and else one of its entries.
        let records = within.len() - usize::from(!within.is_empty() && !content[at..].starts_with('{'));
        segments.extend(within.into_iter().take(records).map(|entry| entry.name));
        return Whole { path: joined(segments.into_iter()), line };
    }
    // The key or the dash that the lines of the record are below.
    let depth = indent(content);
    let first = (0..line).rev().find(|index| {
        let above = lines[*index];
        let is_item = above.trim_start().starts_with('-') && indent(above) == depth;
        is_item || (!is_blank(above) && indent(above) < depth)
    });
    match first {
        Some(index) if indent(lines[index]) == depth => {
            let mut segments = segments_of_line(original, index + 1);
            if key_of(original.lines().nth(index).unwrap_or_default().trim_start().trim_start_matches(['-', ' ']))
                .is_some()
            {
                segments.pop();
            }
            Whole { path: joined(segments.into_iter()), line: index + 1 }
        }
        Some(index) => Whole { path: joined(segments_of_line(original, index + 1).into_iter()), line: index + 1 },
        None => Whole { path: String::new(), line: 1 },
    }
}

/// A value of another type than is wanted.
pub(super) struct BadValue {
    /// Its path.
    pub path: String,
    /// The line of the key that it is below, when it begins on a line of its own.
    pub block: Option<usize>,
}

/// The value that begins at a place.
pub(super) fn value_at(original: &str, text: &str, line: usize, column: usize) -> BadValue {
    let lines: Vec<&str> = text.lines().collect();
    let content = line.checked_sub(1).and_then(|index| lines.get(index)).copied().unwrap_or_default();
    let begins_line = content.len() - content.trim_start().len() + 1 == column;
    let above = (0..line.saturating_sub(1)).rev().find(|index| {
        let above = lines[*index];
        let own_line = above.len() - above.trim_start().len();
        let deep = content.len() - content.trim_start().len();
        !is_blank(above)
            && (own_line < deep
                || (own_line == deep && content.trim_start().starts_with('-') && !above.trim_start().starts_with('-')))
    });
    match above {
        Some(index) if begins_line && !content.trim().is_empty() => {
            BadValue { path: joined(segments_of_line(original, index + 1).into_iter()), block: Some(index + 1) }
        }
        _ => BadValue { path: path_at(original, text, line, column), block: None },
    }
}

/// The lines of a block: one line, and what is indented below it.
pub(super) fn block(text: &str, line: usize) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let Some(first) = line.checked_sub(1).and_then(|index| lines.get(index)) else { return Vec::new() };
    let deep = first.len() - first.trim_start().len();
    let below =
        lines[line..].iter().take_while(|below| is_blank(below) || below.len() - below.trim_start().len() > deep);
    std::iter::once(*first).chain(below.copied()).collect()
}

/// The line on which a path stands, or the nearest that leads to it; 0 when there is none.
pub fn line_of(text: &str, path: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let mut wanted = path;
    while !wanted.is_empty() {
        let found = (0..lines.len()).find(|index| {
            may_end(lines[*index], wanted) && joined(segments_of(&lines[..=*index]).into_iter()) == wanted
        });
        if let Some(index) = found {
            return index + 1;
        }
        wanted = parent(wanted);
    }
    0
}

/// Whether the path of a line may be this one, by what the line itself adds to it. A pack's file has many lines and is asked
/// for many paths: only where the last part fits are the lines above looked through.
fn may_end(line: &str, path: &str) -> bool {
    if line.is_empty() {
        return false;
    }
    let content = line.trim_start();
    let is_item = is_item(content);
    let own = if is_item { content.trim_start_matches(['-', ' ']) } else { content };
    match key_in(own) {
        Some(key) => path.ends_with(key),
        None => !is_item || path.ends_with(']'),
    }
}

/// The line of the file that is a line, from 1, of the text at a path: a block (`|`) begins on the line below its key.
/// Any other text is folded, so that only the line it begins on is known.
pub fn line_within(text: &str, path: &str, within: usize) -> usize {
    let line = line_of(text, path);
    let key = line.checked_sub(1).and_then(|index| text.lines().nth(index)).unwrap_or_default();
    let is_block = key.trim_end().trim_end_matches(['-', '+']).ends_with('|');
    if is_block { line + within } else { line }
}

/// Whether a key stands on a line.
pub(super) fn has_key(text: &str, line: usize, key: &str) -> bool {
    let content = line.checked_sub(1).and_then(|index| text.lines().nth(index)).unwrap_or_default();
    key_of(content.trim_start().trim_start_matches("- ")).as_deref() == Some(key)
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

/// The keys and positions that lead to a line, told from the indentation.
fn segments_of_line(text: &str, line: usize) -> Vec<String> {
    segments_of(&text.lines().take(line).collect::<Vec<_>>())
}

/// The keys and positions that lead to the last of these lines, the first of which is the file's.
fn segments_of(lines: &[&str]) -> Vec<String> {
    let Some(last) = lines.last() else { return Vec::new() };
    let start = |line: &str| line.len() - line.trim_start().len();
    let mut segments = Vec::new();
    let mut depth = start(last);
    let mut content = last.trim_start();
    let mut index = lines.len() - 1;
    loop {
        let is_item = is_item(content);
        if is_item {
            segments.extend(key_of(content.trim_start_matches(['-', ' '])));
            let position = lines[..index]
                .iter()
                .rev()
                .take_while(|above| is_blank(above) || start(above) >= depth)
                .filter(|above| start(above) == depth && above.trim_start().starts_with('-'))
                .count();
            segments.push(format!("[{position}]"));
        } else {
            segments.extend(key_of(content));
        }
        let parent = lines[..index].iter().rposition(|above| {
            let own = start(above);
            let above_is_item = above.trim_start().starts_with('-');
            !is_blank(above) && (own < depth || (own == depth && is_item && !above_is_item))
        });
        let Some(parent) = parent else { break };
        let below = depth;
        index = parent;
        depth = start(lines[index]);
        content = lines[index].trim_start();
        if content.starts_with('-') && below <= indent(lines[index]) {
            // A key beside the first key of a list item: the item itself, not its first key.
            content = "-";
        }
    }
    segments.reverse();
    segments
}

/// Whether what stands on a line, from its first character on, is an item of a list.
fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}
