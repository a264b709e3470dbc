//! The executable is all that an officer needs: the pack is in it, and nothing has to lie beside it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, Ended, FINAL, files, repository};
use crate::programs::{Program, needed, run, skip};

/// The executable, in a folder of its own.
fn copied_to(folder: &Path) -> std::path::PathBuf {
    let executable = Path::new(env!("CARGO_BIN_EXE_crosscast"));
    fs::create_dir_all(folder).unwrap();
    let copy = folder.join(executable.file_name().unwrap());
    fs::copy(executable, &copy).unwrap();
    copy
}

#[test]
fn it_works_where_nothing_else_is() {
    let place = tempfile::tempdir().unwrap();
    let executable = copied_to(&place.path().join("Crosscast für Prüfer £"));
    let somewhere = place.path().join("somewhere else");
    fs::create_dir(&somewhere).unwrap();
    let output = place.path().join("what it made");
    let mut command = Command::new(&executable);
    command.arg("run").arg(repository("samples").join("2022-23")).arg("--output").arg(&output);
    // Nothing of this machine's settings is asked for, but what Windows itself needs to start a program.
    let of_windows = ["SYSTEMROOT", "WINDIR", "TEMP", "TMP"].map(|name| (name, std::env::var_os(name)));
    command.env_clear().envs(of_windows.into_iter().filter_map(|(name, value)| Some((name, value?))));
    let ended = Ended::of(command.current_dir(&somewhere).output().unwrap());
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    let made = files(&output);
    assert!(FINAL.iter().all(|path| made.iter().any(|there| there == path)), "{made:?}");
    // It left nothing beside itself, nor where it was started.
    assert_eq!(files(executable.parent().unwrap()).len(), 1);
    assert_eq!(files(&somewhere), Vec::<String>::new());
    // The same as on a desk.
    let desk = Desk::year_with_outputs();
    assert_eq!(made, files(&desk.path("output")));
    for path in made.iter().filter(|path| *path != "manifest.json") {
        assert_eq!(fs::read(output.join(path)).unwrap(), fs::read(desk.path("output").join(path)).unwrap(), "{path}");
    }
}

/// The near miss: a pack that does lie beside it is the one that counts.
#[test]
fn a_pack_beside_it_is_taken() {
    let place = tempfile::tempdir().unwrap();
    let executable = copied_to(&place.path().join("program"));
    crate::desk::copy(&repository("schemas"), &place.path().join("program/schemas"));
    let partnership = place.path().join("program/schemas/partnership.yaml");
    let text = fs::read_to_string(&partnership).unwrap();
    fs::write(&partnership, text.replacen("name: ", "name: The one beside ", 1)).unwrap();
    let mut command = Command::new(&executable);
    command.arg("check").arg(repository("samples").join("2022-23")).current_dir(place.path());
    let ended = Ended::of(command.output().unwrap());
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert!(ended.out.starts_with("The one beside "), "{}", ended.out);
}

/// Libraries that every Linux has.
const EVERYWHERE: [&str; 6] = ["linux-vdso", "ld-linux", "libc.", "libm.", "libgcc_s.", "libpthread."];

#[test]
fn it_needs_no_library_that_a_machine_may_lack() {
    if !cfg!(target_os = "linux") {
        return skip("only Linux lists what an executable needs");
    }
    let Some(ldd) = needed(Program::Ldd) else { return };
    let output = Command::new(&ldd).arg(env!("CARGO_BIN_EXE_crosscast")).output().unwrap();
    if !output.status.success() {
        // One that has everything inside is not linked to anything.
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("not a dynamic executable") || said.contains("statically linked"), "{said}");
        return;
    }
    let listed = run(Command::new(&ldd).arg(env!("CARGO_BIN_EXE_crosscast"))).output;
    for line in listed.lines().map(str::trim).filter(|line| *line != "statically linked") {
        let library = Path::new(line.split(' ').next().unwrap()).file_name().unwrap().to_str().unwrap();
        assert!(EVERYWHERE.iter().any(|known| library.starts_with(known)), "{listed}");
    }
}
