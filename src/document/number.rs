//! Numbers of headings, paragraphs and tables.

use crate::model::document::Block;

/// Numbers the blocks as council reports do: sections 1, 2, 3; their paragraphs 1.1, 1.2; tables 1, 2, 3 throughout.
///
/// Without numbered paragraphs the headings below a section take those numbers: 1.1, 1.1.1.
pub(super) fn number(blocks: &mut [Block], headings: bool, paragraphs: bool) {
    let mut sections = [0usize; 6];
    let mut paragraph = 0;
    let (mut table, mut figure) = (0, 0);
    for block in blocks {
        match block {
            Block::Heading { level, number, .. } => {
                let depth = usize::from(*level).clamp(1, 6);
                sections[depth - 1] += 1;
                sections[depth..].fill(0);
                if depth == 1 {
                    paragraph = 0;
                }
                if headings && (depth == 1 || !paragraphs) {
                    let parts: Vec<String> = sections[..depth].iter().map(usize::to_string).collect();
                    *number = Some(parts.join("."));
                }
            }
            Block::Paragraph { number, .. } => {
                if paragraphs && sections[0] > 0 {
                    paragraph += 1;
                    *number = Some(format!("{}.{paragraph}", sections[0]));
                }
            }
            Block::Table(block) => {
                table += 1;
                block.caption = format!("Table {table}: {}", block.caption);
            }
            Block::Chart(block) => {
                figure += 1;
                block.title = format!("Figure {figure}: {}", block.title);
            }
            Block::List { .. } | Block::Facts(_) | Block::Sources => {}
        }
    }
}
