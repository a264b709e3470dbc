//! Labels with their values: forms.

use crate::program::drafts;

// Row of the survey: label-and-value forms.
#[test]
fn a_claim_form() {
    insta::assert_snapshot!(drafts(
        "
        # Claim
        Grant claim

        Organisation:  | Anytown Council
        Claim month:   | 2022-04
        Amount:        | £1,250.00
        Date:          | 2022-05-03
        Final claim:   | No
        Remarks:       |
        "
    ));
}

// Row of the survey: a form with values some columns away, whose labels are there again in another section.
#[test]
fn labels_that_are_there_again() {
    insta::assert_snapshot!(drafts(
        "
        # Claim
        Section A: the claimant
        Name     | | | Anytown Council
        Address  | | | 1 High Street
        Section B: the approver
        Name     | | | County Council
        Role     | | | Director
        "
    ));
}
