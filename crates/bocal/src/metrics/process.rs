//! What the operating system says about this process; nothing where it does not say.

/// Memory, files and time of this process.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Process {
    /// Resident memory, in bytes.
    pub(super) memory: i64,
    /// Open files and connections.
    pub(super) files: i64,
    /// Time spent computing, in seconds.
    pub(super) seconds: f64,
}

/// Looks at this process.
pub(super) fn look() -> Process {
    Process { memory: memory().unwrap_or(0), files: files().unwrap_or(0), seconds: seconds() }
}

fn memory() -> Option<i64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().trim_end_matches(" kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}

fn files() -> Option<i64> {
    // One of them is the folder being read.
    i64::try_from(std::fs::read_dir("/proc/self/fd").ok()?.count().saturating_sub(1)).ok()
}

fn seconds() -> f64 {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    spent.tv_sec as f64 + spent.tv_nsec as f64 / 1e9
}

#[cfg(test)]
mod tests {
    #[test]
    fn this_process_has_memory_and_files() {
        let found = super::look();
        assert!(found.memory > 1_000_000 && found.files >= 3 && found.seconds > 0.0, "{found:?}");
    }
}
