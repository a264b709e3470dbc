//! The cells whose values a formula uses, as against those that it only names.

use formualizer_parse::BinaryOperator;

use super::reference::Reference;
use super::tree::Node;

/// Functions that ask where cells are, and not what they hold.
const ASKING_WHERE: [&str; 4] = ["ROW", "ROWS", "COLUMN", "COLUMNS"];
/// Functions that find the cells they give only when they are computed.
const FINDING: [&str; 2] = ["OFFSET", "INDIRECT"];

/// The references whose values a formula uses, in the order of the text. None where that is known only when it is computed:
/// it calls OFFSET or INDIRECT, or a function stands at an end of a range (`F4:INDEX(F:F,9)`).
pub(super) fn uses(root: &Node) -> Option<Vec<&Reference>> {
    let mut found = Vec::new();
    collect(root, &mut found).then_some(found)
}

/// False where it cannot be told.
fn collect<'a>(node: &'a Node, found: &mut Vec<&'a Reference>) -> bool {
    let mut all = |parts: &'a [Node]| parts.iter().all(|part| collect(part, found));
    match node {
        Node::Function(name, _) if FINDING.contains(&name.as_str()) => false,
        Node::Function(name, _) if ASKING_WHERE.contains(&name.as_str()) => true,
        // Of the cells that INDEX is given it uses one.
        Node::Function(name, arguments) if name == "INDEX" => all(arguments.get(1..).unwrap_or_default()),
        Node::Function(_, arguments) => all(arguments),
        Node::Binary(BinaryOperator::Range, left, right) if calls(left) || calls(right) => false,
        Node::Binary(_, left, right) => collect(left, found) && collect(right, found),
        Node::Unary(_, inner) => collect(inner, found),
        Node::Call(called, arguments) => collect(called, found) && arguments.iter().all(|part| collect(part, found)),
        Node::Array(rows) => rows.iter().flatten().all(|part| collect(part, found)),
        Node::Reference(reference) => {
            found.push(reference);
            true
        }
        _ => true,
    }
}

fn calls(node: &Node) -> bool {
    let mut calls = false;
    node.visit(&mut |part| calls |= matches!(part, Node::Function(..) | Node::Call(..)));
    calls
}
