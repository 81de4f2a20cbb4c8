//! Codes that a telephone reads.

use askama::filters::Safe;
use kernel::{Error, Result};
use qrcode::{EcLevel, QrCode};

/// A code as a drawing: one path of squares on a grid, dark on whatever is behind it.
///
/// # Errors
/// A text too long for any code.
pub fn qr_code(text: &str) -> Result<Safe<String>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::caused)?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().iter().enumerate() {
        if *color == qrcode::Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4));
        }
    }
    // Four light squares around it, as readers expect.
    let side = width + 8;
    Ok(Safe(format!(
        "<svg viewBox=\"0 0 {side} {side}\" aria-hidden=\"true\"><path fill=\"currentColor\" d=\"{path}\"/></svg>"
    )))
}
