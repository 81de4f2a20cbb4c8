//! Understanding.
