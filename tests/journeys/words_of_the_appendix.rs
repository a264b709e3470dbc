//! What the appendix says must be true for every inbox: words that depend on the figures, and figures that are not there.

use crate::desk::Desk;

const APRIL: &str = "monthly/2022-04 April return.xlsx";

#[test]
fn a_figure_of_which_a_month_could_not_be_read_is_not_given() {
    let desk = Desk::year();
    desk.retype(
        APRIL,
        &[("\"Referrals to DAWN\" | \"Domestic abuse\" | 35", "\"Referrals to DAWN\" | \"Domestic abuse\" | \"n/a\"")],
    );
    assert_eq!(desk.run(&[]).status, 1);
    let appendix = desk.appendix("-DRAFT");
    assert!(appendix.contains("Referrals to DAWN [x] Sum of the months"), "{appendix}");
    assert!(appendix.contains("[x] people were referred to the DAWN service"), "{appendix}");
    assert!(appendix.contains("People supported with complex needs 94 Sum of the months"), "{appendix}");
}

#[test]
fn an_overspend_has_no_sign() {
    let desk = Desk::year();
    desk.retype(APRIL, &[("| 561.44", "| 1561.44")]);
    assert_eq!(desk.run(&[]).status, 1);
    // £132,662.60 and £1,000.00 more, against £133,250.00.
    let said = "Spend to date on those lines is £133,662.60, an overspend of £412.60.";
    let appendix = desk.appendix("-DRAFT");
    assert!(appendix.contains(said), "{appendix}");
}

#[test]
fn mistakes_that_only_show_when_it_is_written_are_told_before() {
    let desk = Desk::year();
    desk.copy_pack();
    // In a condition that does not hold for the sample year.
    desk.edit_pack(
        "appendix.md",
        "{% else %}The recorded crime workbook falls",
        "{% else %}{{ crime.change | mony }} falls",
    );
    desk.edit_pack("appendix.md", "explained: [spend, summary]", "explained: [spend, sumary]");
    desk.edit_pack(
        "appendix.md",
        "- **{{ figure[\"AS-01\"].value | integer }}**",
        "- two\n\n  paragraphs **{{ figure[\"AS-01\"].value | integer }}**",
    );
    let ended = desk.check(&[]);
    assert_eq!(ended.status, 2, "{}", ended.out);
    for told in [
        "there is no filter mony. Did you mean money?",
        "explained: there is no table named sumary. Did you mean summary?",
    ] {
        assert!(ended.err.contains(told), "{told}: {}", ended.err);
    }
    desk.edit_pack("appendix.md", "crime.change | mony", "crime.change | money");
    desk.edit_pack("appendix.md", "[spend, sumary]", "[spend, summary]");
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 2, "{}", ended.out);
    assert!(ended.err.contains("a list item of two paragraphs cannot be printed"), "{}", ended.err);
}
