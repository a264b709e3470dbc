use crate::charted;
use crosscast::export::appendix;
#[test]
fn look() {
    let Ok(to) = std::env::var("CHARTED_TO") else { return };
    std::fs::write(to, appendix::html(&charted::report()).unwrap()).unwrap();
}
