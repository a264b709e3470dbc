//! The outline (bookmarks): one entry for each heading, nested as the headings are.

use lopdf::{Dictionary, Document, ObjectId, dictionary, text_string};

use super::links::{Landing, destination};

/// A heading and where it stands.
#[derive(Debug)]
pub(super) struct Entry {
    /// 1 for a section.
    pub(super) level: u8,
    /// Number and words.
    pub(super) title: String,
    /// Where it stands.
    pub(super) landing: Landing,
}

/// Writes the outline and returns its root, unless there is no heading.
pub(super) fn write(file: &mut Document, entries: &[Entry], pages: &[ObjectId]) -> Option<ObjectId> {
    if entries.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| file.new_object_id()).collect();
    let children = children_of_each(entries);
    for (index, (entry, id)) in entries.iter().zip(&ids).enumerate() {
        let destination = destination(pages[entry.landing.page], entry.landing.height);
        let mut item = dictionary! { "Title" => text_string(&entry.title), "Dest" => destination };
        // Closed below the sections, so that a long report does not open as a wall of entries.
        set_children(&mut item, &children[index + 1], &ids, -1);
        file.set_object(*id, item);
    }
    link_siblings(file, &children, root, &ids);
    let mut outlines = dictionary! { "Type" => "Outlines" };
    set_children(&mut outlines, &children[0], &ids, 1);
    file.set_object(root, outlines);
    Some(root)
}

/// The entries below the root (first) and below each entry.
fn children_of_each(entries: &[Entry]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); entries.len() + 1];
    let mut open: Vec<usize> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        while open.last().is_some_and(|&last| entries[last].level >= entry.level) {
            open.pop();
        }
        children[open.last().map_or(0, |&parent| parent + 1)].push(index);
        open.push(index);
    }
    children
}

fn set_children(item: &mut Dictionary, children: &[usize], ids: &[ObjectId], sign: i64) {
    if let (Some(&first), Some(&last)) = (children.first(), children.last()) {
        item.set("First", ids[first]);
        item.set("Last", ids[last]);
        item.set("Count", sign * children.len() as i64);
    }
}

fn link_siblings(file: &mut Document, children: &[Vec<usize>], root: ObjectId, ids: &[ObjectId]) {
    for (parent, siblings) in children.iter().enumerate() {
        let parent = parent.checked_sub(1).map_or(root, |index| ids[index]);
        for (place, &index) in siblings.iter().enumerate() {
            let Ok(item) = file.get_dictionary_mut(ids[index]) else { continue };
            item.set("Parent", parent);
            if let Some(before) = place.checked_sub(1) {
                item.set("Prev", ids[siblings[before]]);
            }
            if let Some(&next) = siblings.get(place + 1) {
                item.set("Next", ids[next]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_nest_as_the_headings_do() {
        let entry = |level| Entry { level, title: String::new(), landing: Landing { page: 0, height: 0.0 } };
        let entries = [1, 2, 3, 2, 1].map(entry);
        let children = children_of_each(&entries);
        assert_eq!(children, [vec![0, 4], vec![1, 3], vec![2], vec![], vec![], vec![]]);
    }
}
