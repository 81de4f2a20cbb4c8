//! The room through its actions and routes.
