//! The workflows that build what officers download: they can only be run where they are at home, so what can be told of them
//! here is told here.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

use regex::Regex;
use serde_json::Value as Json;

#[path = "independent/programs.rs"]
#[allow(dead_code, reason = "each test program needs some of it")]
mod programs;

use programs::{Program, needed, run};

/// A file of the repository.
fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

const WORKFLOWS: [&str; 2] = [".github/workflows/ci.yml", ".github/workflows/release.yml"];

fn workflow(path: &str) -> Json {
    serde_saphyr::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The steps of all jobs of a workflow.
fn steps(workflow: &Json) -> Vec<&Json> {
    let jobs = workflow["jobs"].as_object().unwrap().values();
    jobs.flat_map(|job| job["steps"].as_array().unwrap()).collect()
}

/// What the steps run, in the shell.
fn scripts(workflow: &Json) -> Vec<&str> {
    steps(workflow).into_iter().filter_map(|step| step["run"].as_str()).collect()
}

#[test]
fn a_release_runs_the_command_of_the_readme() {
    let readme = text("README.md");
    let main = "cargo run --release -- run samples/2022-23";
    assert!(readme.contains(&format!("    {main}\n")), "the README's main command is another");
    let release = workflow(".github/workflows/release.yml");
    let commands = scripts(&release);
    let plain: Vec<String> = commands
        .iter()
        .map(|command| command.replace(" --locked", "").replace(" --target ${{ matrix.target }}", ""))
        .collect();
    assert!(plain.iter().any(|command| command == main), "{plain:?}");
    // The journeys, before anything is packed.
    let at =
        |words: &str| commands.iter().position(|command| command.contains(words)).unwrap_or_else(|| panic!("{words}"));
    assert!(at("--test journeys") < at(".ci/pack ") && at(".ci/pack ") < at(".ci/unpacked "));
    assert!(at("cargo build --release") < at(".ci/pack ") && at(".ci/marks ") < at(".ci/compare "));
}

#[test]
fn the_versions_are_those_of_cargo_and_the_files_are_there() {
    let cargo = text("Cargo.toml");
    let of =
        |key: &str| Regex::new(&format!("(?m)^{key} = \"([^\"]+)\"")).unwrap().captures(&cargo).unwrap()[1].to_owned();
    let toolchain = Regex::new(r#"RUSTUP_TOOLCHAIN: "([^"]+)""#).unwrap();
    let image = Regex::new(r"container: rust:([\d.]+)-").unwrap();
    let run_script = Regex::new(r"bash (\.ci/\w+)").unwrap();
    let run_test = Regex::new(r"--test (\w+)").unwrap();
    for path in WORKFLOWS {
        let workflow = workflow(path);
        let named = text(path);
        let versions = toolchain.captures_iter(&named).chain(image.captures_iter(&named));
        let versions: Vec<String> = versions.map(|version| version[1].to_owned()).collect();
        assert!(!versions.is_empty() && versions.iter().all(|version| *version == of("rust-version")), "{versions:?}");
        for script in scripts(&workflow) {
            for file in run_script.captures_iter(script) {
                assert!(!text(&file[1]).is_empty());
            }
            for test in run_test.captures_iter(script) {
                let places = [format!("tests/{}.rs", &test[1]), format!("tests/{}/main.rs", &test[1])];
                let is_there = |place: &String| Path::new(env!("CARGO_MANIFEST_DIR")).join(place).is_file();
                assert!(places.iter().any(is_there), "{places:?}");
            }
            for command in script.lines().map(str::trim).filter(|line| line.starts_with("cargo ")) {
                assert!(command.contains(" --locked"), "{command}");
            }
        }
    }
}

#[test]
fn each_system_has_its_target_and_windows_its_c_library_inside() {
    let release = workflow(".github/workflows/release.yml");
    let systems = release["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().unwrap();
    let said = |system: &Json, key: &str| system[key].as_str().unwrap_or_default().to_owned();
    let listed: Vec<[String; 3]> =
        systems.iter().map(|system| ["system", "target", "ending"].map(|key| said(system, key))).collect();
    assert_eq!(
        listed,
        [
            ["windows-x86_64", "x86_64-pc-windows-msvc", ".exe"],
            ["macos-aarch64", "aarch64-apple-darwin", ""],
            ["macos-x86_64", "x86_64-apple-darwin", ""],
            ["linux-x86_64", "x86_64-unknown-linux-musl", ""],
        ]
    );
    assert_eq!(said(&systems[0], "rustflags"), "-C target-feature=+crt-static");
    assert_eq!(release["jobs"]["build"]["env"]["RUSTFLAGS"], "${{ matrix.rustflags }}");
}

#[test]
fn a_workflow_may_do_no_more_than_it_needs() {
    let action = Regex::new(r"^actions/[a-z-]+@v\d+$").unwrap();
    for path in WORKFLOWS {
        let workflow = workflow(path);
        assert_eq!(workflow["permissions"], serde_json::json!({"contents": "read"}), "{path}");
        for (name, job) in workflow["jobs"].as_object().unwrap() {
            let wanted = if name == "release" { serde_json::json!({"contents": "write"}) } else { Json::Null };
            assert_eq!(job["permissions"], wanted, "{path} {name}");
            assert!(job["timeout-minutes"].is_u64(), "{path} {name}");
        }
        for used in steps(&workflow).into_iter().filter_map(|step| step["uses"].as_str()) {
            assert!(action.is_match(used), "{path}: {used}");
        }
    }
    let release = workflow(".github/workflows/release.yml");
    assert_eq!(release["on"]["push"]["tags"], serde_json::json!(["v*"]));
    assert!(release["on"].as_object().unwrap().contains_key("workflow_dispatch"));
    // Nothing is released that was not built and compared, nor without a tag; and a person publishes it.
    assert_eq!(release["jobs"]["release"]["needs"], serde_json::json!(["build", "same-bytes"]));
    assert_eq!(release["jobs"]["release"]["if"], "github.ref_type == 'tag'");
    assert!(scripts(&release).iter().any(|script| script.contains("gh release create") && script.contains("--draft")));
}

#[test]
fn the_shell_can_read_every_script() {
    let Some(bash) = needed(Program::Bash) else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<_> = ["run", "marks", "compare", "pack", "unpacked"]
        .map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci").join(name))
        .into();
    let expression = Regex::new(r"\$\{\{[^}]*\}\}").unwrap();
    for (number, path) in WORKFLOWS.into_iter().enumerate() {
        for (step, script) in scripts(&workflow(path)).into_iter().enumerate() {
            let file = folder.path().join(format!("{number}-{step}.sh"));
            fs::write(&file, expression.replace_all(script, "word").as_bytes()).unwrap();
            files.push(file);
        }
    }
    assert!(files.len() > 15);
    for file in files {
        run(Command::new(&bash).arg("-n").arg(file));
    }
}

/// The marks of two systems' outputs in a folder, as a release has them, compared.
#[test]
fn outputs_that_differ_between_systems_stop_a_release() {
    let Some(bash) = needed(Program::Bash) else { return };
    let place = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = place.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let in_repository = |script: &str| {
        let mut command = Command::new(&bash);
        command.arg(format!(".ci/{script}")).current_dir(env!("CARGO_MANIFEST_DIR"));
        command
    };
    put("output/for-officers/findings.json", "{}");
    put("output/for-committee/a b.pdf", "abc");
    put("output/manifest.json", "{\"time\": \"2023-07-03T09:30:00Z\"}");
    let marks = run(in_repository("marks").arg(place.path().join("output"))).output;
    assert_eq!(
        marks,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  ./for-committee/a b.pdf\n\
         44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a  ./for-officers/findings.json\n"
    );
    for system in ["linux", "windows"] {
        put(&format!("marks/{system}/marks.txt"), &marks);
        put(&format!("marks/{system}/findings.json"), "{}");
    }
    let compared = || in_repository("compare").arg(place.path().join("marks")).output().unwrap();
    let same = compared();
    assert!(same.status.success() && String::from_utf8_lossy(&same.stdout).ends_with("The same on linux windows.\n"));
    put("marks/windows/findings.json", "{\"findings\": []}");
    let other = compared();
    assert!(!other.status.success());
    let said = String::from_utf8_lossy(&other.stdout).into_owned();
    assert!(said.ends_with("findings.json of windows is not that of linux\n"), "{said}");
    fs::remove_dir_all(place.path().join("marks/windows")).unwrap();
    assert!(!compared().status.success(), "one system alone is not compared");
}
