//! Mending a copy of the text, line by line: nothing here adds or removes a line.

/// The number of columns before a line's text; a list's dash counts as one of them.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '-']).len()
}

/// The key that a line's text begins with.
pub(super) fn key_of(content: &str) -> Option<String> {
    key_in(content).map(str::to_owned)
}

/// As [`key_of`], without a copy.
pub(super) fn key_in(content: &str) -> Option<&str> {
    let (key, _) = content.split_once(':')?;
    (!key.is_empty() && !key.contains([' ', '{', '[', '"', '\''])).then_some(key)
}

/// The byte at a column that counts characters from 1.
pub(super) fn byte_of_column(line: &str, column: usize) -> usize {
    line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

/// An entry of a `{…}` or `[…]` on one line.
pub(super) struct Entry {
    /// Its key, or its position as `[0]`.
    pub name: String,
    /// Its first byte, after the bracket or comma.
    start: usize,
    /// The byte after it: a comma or a closing bracket, or the line's end.
    end: usize,
}

/// The entries around a byte, the outermost first.
pub(super) fn open_entries(line: &str, at: usize) -> Vec<Entry> {
    struct Open {
        is_map: bool,
        start: usize,
        position: usize,
    }
    let mut open: Vec<Open> = Vec::new();
    let mut found: Vec<Entry> = Vec::new();
    let mut depth_found = None;
    let mut quote = None;
    let mut before = ' ';
    for (index, character) in line.char_indices().chain(std::iter::once((line.len(), '\n'))) {
        if depth_found.is_none() && index >= at {
            depth_found = Some(open.len());
            found = open
                .iter()
                .map(|open| Entry {
                    name: name_of(line, open.is_map, open.start, open.position),
                    start: open.start,
                    end: line.len(),
                })
                .collect();
        }
        if let Some(closing) = quote {
            if character == closing {
                quote = None;
                before = character;
            }
            continue;
        }
        let begins = matches!(before, ' ' | ':' | ',' | '[' | '{' | '-');
        match character {
            '\'' | '"' if begins => quote = Some(character),
            '#' if before == ' ' && line[..index].ends_with(' ') => break,
            '{' | '[' if begins => open.push(Open { is_map: character == '{', start: index + 1, position: 0 }),
            ',' | '}' | ']' if !open.is_empty() => {
                if let Some(entry) =
                    depth_found.filter(|depth| *depth >= open.len()).and_then(|_| found.get_mut(open.len() - 1))
                    && entry.end == line.len()
                {
                    entry.end = index;
                }
                if character == ',' {
                    if let Some(last) = open.last_mut() {
                        last.start = index + 1;
                        last.position += 1;
                    }
                } else {
                    open.pop();
                }
            }
            _ => {}
        }
        before = if character == ' ' && before != ' ' && !matches!(before, ':' | ',' | '[' | '{' | '-') {
            '.'
        } else {
            character
        };
    }
    found
}

fn name_of(line: &str, is_map: bool, start: usize, position: usize) -> String {
    let key = || line[start..].split([':', ',', '}']).next().unwrap_or_default().trim().to_owned();
    if is_map { key() } else { format!("[{position}]") }
}

/// Whether a key of that name stands in the same record already, so that a second one would repeat it.
pub(super) fn is_there(text: &str, line: usize, column: usize, key: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let Some(here) = line.checked_sub(1).and_then(|index| lines.get(index)) else { return false };
    if !open_entries(here, byte_of_column(here, column)).is_empty() {
        return here.contains(&format!("{{{key}:")) || here.contains(&format!(" {key}:"));
    }
    let depth = indent(here);
    let begins_item = |line: &str| line.trim_start().starts_with('-') && indent(line) == depth;
    let is_within = |line: &str| line.trim().is_empty() || indent(line) >= depth;
    let first = match begins_item(here) {
        true => line - 1,
        false => (0..line - 1)
            .rev()
            .take_while(|index| is_within(lines[*index]) && !begins_item(lines[index + 1]))
            .last()
            .unwrap_or(line - 1),
    };
    let below = lines[line..].iter().take_while(|below| is_within(below) && !begins_item(below));
    let is_key = |other: &str| {
        indent(other) == depth && other.trim_start().trim_start_matches("- ").starts_with(&format!("{key}:"))
    };
    lines[first..line].iter().chain(below).any(|other| is_key(other))
}

/// The text with a word at a place replaced; none when it does not stand there.
pub(super) fn replaced(text: &str, line: usize, column: usize, word: &str, by: &str) -> Option<String> {
    let content = text.lines().nth(line.checked_sub(1)?)?;
    let from = byte_of_column(content, column);
    let at = content[from..].find(word).map(|at| at + from).or_else(|| content.find(word))?;
    Some(with_line(text, line, &format!("{}{by}{}", &content[..at], &content[at + word.len()..])))
}

/// The text without the entry at a place: a part of `{…}`, an item of a list, or a key with what is indented below it.
pub(super) fn without_entry(text: &str, line: usize, column: usize) -> String {
    let Some(content) = line.checked_sub(1).and_then(|index| text.lines().nth(index)) else { return text.to_owned() };
    if let Some(entry) = open_entries(content, byte_of_column(content, column)).pop() {
        let end = if content[entry.end..].starts_with(',') { entry.end + 1 } else { entry.end };
        return with_line(text, line, &format!("{}{}", &content[..entry.start], &content[end..]));
    }
    let item = content.trim_start().strip_prefix("- ");
    let has_more = text
        .lines()
        .nth(line)
        .is_some_and(|next| indent(next) >= indent(content) && !next.trim_start().starts_with('-'));
    if item.is_some_and(|item| key_of(item.trim_start()).is_some()) && has_more {
        // The dash must stay, or the rest of the record would join the one before.
        let dash = &content[..content.len() - content.trim_start().len() + 2];
        return without_lines(text, line, indent(content), dash);
    }
    let deep = content.len() - content.trim_start().len();
    without_lines(text, line, if item.is_some() { deep } else { indent(content) }, "")
}

/// The text without a line and what is indented below it.
pub(super) fn without_block(text: &str, line: usize) -> String {
    let content = line.checked_sub(1).and_then(|index| text.lines().nth(index)).unwrap_or_default();
    without_lines(text, line, content.len() - content.trim_start().len(), "")
}

/// The text with one line made into another, and the lines after it emptied that are indented deeper.
fn without_lines(text: &str, line: usize, depth: usize, by: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let Some(first) = line.checked_sub(1).and_then(|index| lines.get_mut(index)) else { return text.to_owned() };
    let is_item = first.trim_start().starts_with('-');
    *first = by;
    for below in &mut lines[line..] {
        let own = below.len() - below.trim_start().len();
        // The items of a list may stand at the depth of its key.
        let is_part =
            own > depth || (own == depth && !is_item && by.is_empty() && below.trim_start().starts_with("- "));
        if !below.trim().is_empty() && !is_part {
            break;
        }
        *below = "";
    }
    lines.join("\n")
}

fn with_line(text: &str, line: usize, by: &str) -> String {
    let lines: Vec<&str> =
        text.lines().enumerate().map(|(index, content)| if index + 1 == line { by } else { content }).collect();
    lines.join("\n")
}
