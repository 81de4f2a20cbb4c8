//! The kind, without the engine: rows as they are read, written and taken back.
