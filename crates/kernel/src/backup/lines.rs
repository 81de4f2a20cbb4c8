//! A row as a line of JSON, exact to the last bit: numbers with a fraction and bytes are written as texts.

use std::fmt;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use crate::db::Value;
use crate::errors::Result;

/// Writes one value.
pub(super) fn write(line: &mut Vec<u8>, value: &Value) -> Result<()> {
    match value {
        Value::Null => line.extend_from_slice(b"null"),
        Value::Integer(n) => write!(line, "{n}")?,
        Value::Real(x) => write!(line, "{{\"real\":\"{x:?}\"}}")?,
        Value::Text(text) => serde_json::to_writer(line, text)?,
        Value::Bytes(bytes) => write!(line, "{{\"bytes\":\"{}\"}}", STANDARD.encode(bytes))?,
    }
    Ok(())
}

/// One value as it is read back.
pub(super) struct Cell(pub(super) Value);

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyCell)
    }
}

struct AnyCell;

impl<'de> Visitor<'de> for AnyCell {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a row")
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell(Value::Null))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Cell, E> {
        Ok(Cell(Value::Integer(n)))
    }

    fn visit_u64<E: serde::de::Error>(self, n: u64) -> Result<Cell, E> {
        i64::try_from(n).map(|n| Cell(Value::Integer(n))).map_err(E::custom)
    }

    fn visit_str<E>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell(Value::Text(text.to_owned())))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Cell, M::Error> {
        let Some((kind, text)) = map.next_entry::<String, String>()? else {
            return Err(M::Error::custom("an empty value"));
        };
        match kind.as_str() {
            "real" => text.parse().map(|x| Cell(Value::Real(x))).map_err(M::Error::custom),
            "bytes" => STANDARD.decode(text).map(|b| Cell(Value::Bytes(b))).map_err(M::Error::custom),
            _ => Err(M::Error::custom("an unknown kind of value")),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn back(values: &[Value]) -> Vec<Value> {
        let mut line = b"[".to_vec();
        for (n, value) in values.iter().enumerate() {
            if n > 0 {
                line.push(b',');
            }
            write(&mut line, value).unwrap();
        }
        line.push(b']');
        let cells: Vec<Cell> = serde_json::from_slice(&line).unwrap();
        cells.into_iter().map(|cell| cell.0).collect()
    }

    proptest! {
        #[test]
        fn every_value_comes_back_as_it_was(
            n: i64, x: f64, text: String, bytes: Vec<u8>,
        ) {
            prop_assume!(!x.is_nan());
            let all = [Value::Null, Value::Integer(n), Value::Real(x), Value::Text(text), Value::Bytes(bytes)];
            prop_assert_eq!(back(&all), all);
        }
    }

    #[test]
    fn the_odd_ones_come_back_too() {
        let all = [f64::INFINITY, f64::NEG_INFINITY, -0.0, f64::MIN_POSITIVE, 0.1 + 0.2].map(Value::Real);
        assert_eq!(back(&all), all);
        let ends = [i64::MIN, i64::MAX].map(Value::Integer);
        assert_eq!(back(&ends), ends);
        let [Value::Real(nan)] = &back(&[Value::Real(f64::NAN)])[..] else { panic!("a number") };
        assert!(nan.is_nan());
    }
}
