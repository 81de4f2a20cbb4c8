//! Every operation, whichever crate it is from.

use measures::ops::OpInfo;

/// All of them: the measures, then what finds records of the same person.
pub(super) fn all() -> impl Iterator<Item = &'static OpInfo> {
    measures::ops::list().iter().chain(linkage::ops::list())
}

pub(super) fn find(name: &str) -> Option<&'static OpInfo> {
    all().find(|op| op.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_name_means_one_operation() {
        let names: HashSet<_> = all().map(|op| op.name).collect();
        assert_eq!(names.len(), all().count());
        assert!(find("nps.summary").is_some() && find("linkage.em").is_some() && find("").is_none());
    }
}
