//! What an administrator changes in the pack, without any program.

use calamine::Data;

use crate::desk::{Desk, FUNDING, findings, number, retyped, row, sample, text};

#[test]
fn another_partnership() {
    let desk = Desk::year();
    desk.copy_pack();
    for (from, to) in [
        ("name: South Worcestershire Community Safety Partnership", "name: North Dale Community Safety Partnership"),
        ("short_name: SWCSP", "short_name: NDCSP"),
        ("council: Worcester City Council", "council: North Dale Council"),
        ("committee: Communities Committee", "committee: Scrutiny Committee"),
        (
            "notice: \"Sample: annual figures as published in July 2023; monthly detail is illustrative.\"",
            "notice: \"\"",
        ),
        ("committee_date: 2023-07-19", "committee_date: 2023-09-05"),
    ] {
        desk.edit_pack("partnership.yaml", from, to);
    }
    let ended = desk.run(&["--schemas", "schemas"]);
    assert_eq!(ended.status, 0, "{}{}", ended.err, ended.out);
    assert!(ended.out.starts_with("North Dale Community Safety Partnership\n"), "{}", ended.out);
    let appendix = desk.appendix("");
    assert!(appendix.contains("Report to Scrutiny Committee, North Dale Council Date 5 September 2023"), "{appendix}");
    assert!(!appendix.contains("Sample:"));
    let cover = format!("{:?}", desk.consolidated("Cover"));
    assert!(cover.contains("NDCSP consolidated figures 2022-23") && !cover.contains("South Worcestershire"), "{cover}");
}

/// The sample year with a project of another name in all its workbooks.
fn year_with_a_renamed_project() -> Desk {
    let desk = Desk::year();
    for path in crate::desk::files(&desk.path("inbox")) {
        if path.starts_with("monthly/") || path == FUNDING {
            let location = desk.path("inbox").join(&path);
            let text = crate::desk::text_of(&std::fs::read(&location).unwrap());
            desk.put(&path, &crate::support::workbook(&text.replace("\"Dawn Project\"", "\"Sunrise Service\"")));
        }
    }
    desk
}

#[test]
fn a_renamed_project_needs_nothing_at_all() {
    let desk = year_with_a_renamed_project();
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 0, "{}", ended.out);
    let months = desk.consolidated("Spend by project and month");
    assert_eq!(months.iter().filter(|row| row[1] == Data::String("Sunrise Service".to_owned())).count(), 1);
    assert_eq!(number(&row(&months, "PCC-05")[14]), Some(38_889.25));
    assert!(desk.appendix("").contains("Sunrise Service £38,889.25 £38,889.25 £0.00"));
    assert!(!desk.appendix("").contains("Dawn Project"));
}

#[test]
fn a_renamed_column_is_an_alias() {
    let funding = retyped(&sample(FUNDING), &[("\"Project title\"", "\"Scheme\"")]);
    let desk = Desk::year();
    desk.put(FUNDING, &funding);
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1, "{:#?}", findings(&report));

    desk.copy_pack();
    desk.edit_pack("tables/funding.yaml", "aliases: [Project]", "aliases: [Project, Scheme]");
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 0, "{:#?}", findings(&report));
}

#[test]
fn a_rule_is_a_file() {
    let desk = Desk::year();
    desk.copy_pack();
    let rule = "-- title: Payments of £10,000.00 and more are noted\n\
                -- about: The finance lead looks at large payments.\n\
                -- severity: info\n\
                -- message: \"{{ reference }} is a payment of {{ amount | money }}.\"\n\
                -- fix: Nothing needs doing.\n\
                -- needs: [spend.amount]\n\
                SELECT _row, 'amount' AS _column, reference, amount FROM spend WHERE amount >= 1000000 ORDER BY _row\n";
    std::fs::write(desk.path("schemas/rules/large-payment.sql"), rule).unwrap();
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 0);
    let large = crate::desk::finding(&report, "large-payment");
    assert!(large["message"].as_str().unwrap().ends_with("is a payment of £20,000.00."), "{large:#}");
    assert_eq!(findings(&report).iter().filter(|line| line.contains("large-payment")).count(), 1);
}

#[test]
fn a_check_can_weigh_less_but_says_so_in_the_pack() {
    let desk = Desk::year();
    desk.copy_pack();
    desk.edit_pack(
        "partnership.yaml",
        "checks: {}",
        "checks:\n  date-as-text: {off: true}\n  order-expires-soon: {severity: warning}",
    );
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 0);
    assert_eq!(
        report["counts"],
        serde_json::json!({"errors": 0, "explained": 1, "warnings": 3, "infos": 1, "not_run": 1})
    );

    desk.edit_pack("partnership.yaml", "date-as-text: {off: true}", "date-as-txt: {off: true}");
    let ended = desk.check(&[]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("Did you mean date-as-text?"), "{}", ended.err);
}

#[test]
fn the_approved_total_stands_in_the_pack_once() {
    let desk = Desk::year();
    desk.copy_pack();
    desk.edit_pack("partnership.yaml", "approved_total: 139250.00", "approved_total: 140000.00");
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    // The stated total agrees with nothing now: £750.00 short of what was approved, £6,000.00 over its lines.
    let of_funding = report["findings"].as_array().unwrap().iter().filter(|finding| finding["workbook"] == FUNDING);
    let differences: Vec<&str> = of_funding.map(|finding| text(&finding["difference"])).collect();
    assert_eq!(differences, ["-750.00", "6000.00"]);
}
