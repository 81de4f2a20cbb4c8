//! How the kernel's own types are stored: each as the 64-bit integer it is.

use crate::clock::{Day, Instant};
use crate::ids::Id;

macro_rules! stored_as_integer {
    ($type:ty, $from:expr, $into:expr) => {
        impl rusqlite::types::ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                let into: fn($type) -> i64 = $into;
                Ok(rusqlite::types::ToSqlOutput::from(into(*self)))
            }
        }
        impl rusqlite::types::FromSql for $type {
            #[inline]
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                let from: fn(i64) -> $type = $from;
                value.as_i64().map(from)
            }
        }
        impl postgres::types::ToSql for $type {
            fn to_sql(
                &self,
                ty: &postgres::types::Type,
                out: &mut postgres::types::private::BytesMut,
            ) -> Result<postgres::types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
                let into: fn($type) -> i64 = $into;
                postgres::types::ToSql::to_sql(&into(*self), ty, out)
            }
            fn accepts(ty: &postgres::types::Type) -> bool {
                <i64 as postgres::types::ToSql>::accepts(ty)
            }
            postgres::types::to_sql_checked!();
        }
        impl<'a> postgres::types::FromSql<'a> for $type {
            fn from_sql(
                ty: &postgres::types::Type,
                raw: &'a [u8],
            ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
                let from: fn(i64) -> $type = $from;
                <i64 as postgres::types::FromSql>::from_sql(ty, raw).map(from)
            }
            fn accepts(ty: &postgres::types::Type) -> bool {
                <i64 as postgres::types::FromSql>::accepts(ty)
            }
        }
    };
}

stored_as_integer!(Id, Id, |id| id.0);
stored_as_integer!(Instant, Instant::from_micros, Instant::as_micros);
stored_as_integer!(Day, Day::from_days, Day::as_days);
