//! Whole numbers of pounds, told from what their sheet says.

use crate::program::drafts;

const BUDGET: &str = "
    # Budget
    Budget by service. All amounts in £.

    Service | Budget | Headcount | Change %
    Parks   | 100    | 9         | 10
    Streets | 200    | 19        | 5
    Housing | 300    | 29        | 3
    ";

#[test]
fn a_sheet_that_speaks_of_pounds() {
    let drafted = drafts(BUDGET);
    let budget = "    title: Budget\n    type: number  # whole numbers: B4:B6\n    constraints:\n      required: true  # none \
                  of 3 is empty\n    crosscast:\n      unit: GBP  # a guess: the sheet speaks of £: A1\n";
    assert!(drafted.contains(budget), "{drafted}");
    // Near miss: what is counted, and percentages, on the same sheet.
    assert_eq!(drafted.matches("unit: GBP").count(), 1, "{drafted}");
    assert!(drafted.contains("title: Headcount\n    type: integer  # whole numbers: C4:C6\n"), "{drafted}");
    // Near miss: a sheet that speaks of nothing.
    assert!(!drafts(&BUDGET.replace(" All amounts in £.", "")).contains("GBP"));
}

#[test]
fn a_note_below_and_thousands() {
    let below = BUDGET.replace(" All amounts in £.", "").trim_end().to_owned() + "\n\n    Figures are in £000s\n";
    let drafted = drafts(&below);
    let unit = "unit: GBP  # a guess: the sheet speaks of thousands or millions of £, and factor is never guessed; give it \
                if the figures are so: A8\n";
    assert!(drafted.contains(unit) && !drafted.contains("factor:"), "{drafted}");
}

// The values across of a crosstab.
#[test]
fn months_of_pounds() {
    let months = "
        # Spend
        Spend by month (£)

        Service | April | May | June
        Parks   | 10    | 11  | 12
        Streets | 20    | 21  | 22
        Housing | 30    | 31  | 32
        ";
    let drafted = drafts(months);
    assert!(drafted.contains("unit: GBP  # a guess: the sheet speaks of £: A1\n"), "{drafted}");
    assert!(!drafts(&months.replace(" (£)", "")).contains("GBP"));
}

// The values of a form, of which a reader's draft made whole numbers: what the committee read was a hundredth of the grant.
#[test]
fn a_form_of_pounds() {
    let form = "
        # Claim
        Grant claim. All amounts in £.

        Organisation:    | Anytown Council
        Awarded:         | 186000
        Claimed:         | 159650
        Number of plots: | 12
        ";
    let drafted = drafts(form);
    let awarded = "    title: 'Awarded:'\n    type: number";
    assert_eq!(drafted.matches("unit: GBP  # a guess: the sheet speaks of £: A1\n").count(), 2, "{drafted}");
    assert!(drafted.replace("Awarded\n", "'Awarded:'\n").contains(awarded), "{drafted}");
    assert!(!drafts(&form.replace(" All amounts in £.", "")).contains("GBP"));
}
