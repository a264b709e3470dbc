//! The memory that an inbox needs, said before it is used where it would pass half of the machine's.

use crate::inbox::{Found, stated_size};
use crate::model::{Limit, Limits};

/// What a run takes, in bytes, for each byte that the sheets and texts of its workbooks unpack to. Measured: `cargo bench
/// --bench whole -- 50000` gives the peak of `run`, and `unzip -v` the bytes.
const OF_EACH_BYTE: u64 = 6;

const MEGABYTE: u64 = 1 << 20;
const GIGABYTE: u64 = 1 << 30;

/// Says on standard error that the workbooks need much of this machine's memory, if they do and it is known how much there is.
pub fn say_if_much(workbooks: &[Found], limits: &Limits) {
    if let Some(warning) = warning(needed(workbooks, limits), of_machine()) {
        eprintln!("{warning}");
    }
}

/// About how many bytes of memory a run over the workbooks takes.
fn needed(workbooks: &[Found], limits: &Limits) -> u64 {
    let sizes = workbooks.iter().filter_map(stated_size);
    // What unpacks to more than the limit is not read.
    let read = sizes.filter(|size| *size <= limits.most(Limit::Unpacked));
    read.fold(0_u64, u64::saturating_add).saturating_mul(OF_EACH_BYTE)
}

/// What is said when so much memory is needed, in bytes, and the machine has so much; none when it is no more than half, or it
/// is not known what the machine has.
fn warning(needed: u64, of_machine: Option<u64>) -> Option<String> {
    let of_machine = of_machine.filter(|memory| needed > memory / 2)?;
    Some(format!(
        "This inbox needs about {} of memory; this machine has {}. Close other programs, or give fewer workbooks at a time.",
        in_words(needed),
        in_words(of_machine)
    ))
}

/// Whole gigabytes; megabytes where there are few.
fn in_words(bytes: u64) -> String {
    if bytes < 2 * GIGABYTE {
        format!("{} MB", (bytes / MEGABYTE).max(1))
    } else {
        format!("{} GB", (bytes + GIGABYTE / 2) / GIGABYTE)
    }
}

/// The memory of this machine in bytes, or what this process may have of it. None when it is not known, as on the Mac.
#[cfg(unix)]
fn of_machine() -> Option<u64> {
    use std::fs::read_to_string;

    /// What Linux says of the machine.
    const MACHINE: &str = "/proc/meminfo";
    /// What a container may have: of the newer kind of groups, and of the older.
    const GROUP: [&str; 2] = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
    let machine = read_to_string(MACHINE).ok().and_then(|text| total_in(&text))?;
    // "max" is no number, and one that stands for no limit is higher than any machine has.
    let group = GROUP.iter().filter_map(|path| read_to_string(path).ok()?.trim().parse().ok());
    Some(group.fold(machine, u64::min))
}

/// The memory of this machine in bytes; none when it is not known.
#[cfg(windows)]
fn of_machine() -> Option<u64> {
    use sysinfo::{MemoryRefreshKind, RefreshKind, System};

    let kind = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    Some(System::new_with_specifics(kind).total_memory()).filter(|memory| *memory > 0)
}

/// It is not known how much memory a machine of this system has.
#[cfg(not(any(unix, windows)))]
fn of_machine() -> Option<u64> {
    None
}

/// The bytes of `MemTotal:       24684096 kB`.
#[cfg_attr(not(unix), allow(dead_code, reason = "other systems tell it otherwise"))]
fn total_in(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_half_of_the_machine_is_said() {
        let machine = Some(24 * GIGABYTE);
        assert_eq!(
            warning(14 * GIGABYTE, machine).as_deref(),
            Some(
                "This inbox needs about 14 GB of memory; this machine has 24 GB. Close other programs, or give fewer workbooks \
                 at a time."
            )
        );
        assert_eq!(warning(12 * GIGABYTE, machine), None, "half is no more than half");
        assert!(warning(12 * GIGABYTE + 1, machine).is_some());
        assert_eq!(warning(u64::MAX, None), None, "nothing is known of the machine");
        let small = warning(700 * MEGABYTE, Some(GIGABYTE)).unwrap();
        assert!(small.starts_with("This inbox needs about 700 MB of memory; this machine has 1024 MB. "), "{small}");
    }

    #[test]
    fn the_memory_is_told_by_what_unpacks() {
        let folder = tempfile::tempdir().unwrap();
        let found = |name: &str, length: usize| {
            let location = folder.path().join(name);
            std::fs::write(&location, vec![0; length]).unwrap();
            Found { path: name.to_owned(), location }
        };
        let workbooks = [found("a.xls", 1_000), found("b.xls", 200)];
        assert_eq!(needed(&workbooks, &Limits::default()), 1_200 * OF_EACH_BYTE);
        let limits = Limits::default().with(&["unpacked=999".parse().unwrap()]);
        assert_eq!(needed(&workbooks, &limits), 200 * OF_EACH_BYTE, "what is not read takes none");
    }

    #[test]
    fn the_system_says_what_it_has() {
        assert_eq!(total_in("MemFree:  3040784 kB\nMemTotal:       24684096 kB\n"), Some(25_276_514_304));
        assert_eq!(total_in("MemFree:  3040784 kB\nSwapMemTotal: 24684096 kB\n"), None);
        assert_eq!(total_in("MemTotal: much\n"), None);
        if cfg!(target_os = "linux") {
            assert!(of_machine().is_some_and(|memory| memory > 64 * MEGABYTE));
        }
    }
}
