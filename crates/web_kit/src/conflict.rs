//! Two versions of one thing: what somebody else saved meanwhile, and what was just typed.

/// One field on which both versions differ.
pub struct Difference {
    /// Name of the field, in words.
    pub label: String,
    /// What is saved.
    pub theirs: String,
    /// What was typed.
    pub yours: String,
}

/// What the page shows when a form was sent against an old version: neither version is lost, and sending
/// again replaces the saved one knowingly.
pub struct Conflict {
    /// Fields that differ.
    pub rows: Vec<Difference>,
}

impl Conflict {
    /// Keeps what differs of `(label, saved, typed)`.
    pub fn of(fields: impl IntoIterator<Item = (String, String, String)>) -> Self {
        let differs = fields.into_iter().filter(|(_, theirs, yours)| theirs != yours);
        Self { rows: differs.map(|(label, theirs, yours)| Difference { label, theirs, yours }).collect() }
    }
}
