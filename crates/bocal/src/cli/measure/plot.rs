//! Small pictures of results, in characters.

use measures::ops::Plot;
use serde_json::Value;

use super::table::short;

/// Columns of a picture at most, and lines of a curve.
const COLUMNS: usize = 64;
const LINES: usize = 12;
/// Bars at most.
const BARS: usize = 30;
/// From empty to full, in eighths.
const EIGHTHS: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];

/// The picture, where the result has what it draws.
pub(super) fn drawn(plot: Plot, result: &Value, width: u16) -> Option<String> {
    let columns = COLUMNS.min(usize::from(width).saturating_sub(24)).max(16);
    match plot {
        Plot::Interval { value, interval } => {
            self::interval(number(at(result, value)?)?, at(result, interval)?, columns)
        }
        Plot::Bars { values } => bars(at(result, values)?, columns),
        Plot::Line { points, x, y, steps } => {
            let points = at(result, points)?.as_array()?;
            let points: Vec<(f64, f64)> = points
                .iter()
                .filter_map(|point| Some((number(at(point, x)?)?, number(at(point, y)?)?)))
                .collect();
            curve(&points, steps, columns)
        }
        Plot::Heat { rows } => heat(at(result, rows)?.as_array()?),
    }
}

/// A field by its name, those within it joined by full stops; items of a list by their position.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, part| match value {
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        _ => value.get(part),
    })
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

/// A point within its interval, on a scale that shows where nothing would be.
fn interval(value: f64, interval: &Value, columns: usize) -> Option<String> {
    let (low, high) = (number(at(interval, "0")?)?, number(at(interval, "1")?)?);
    let (from, to) = scale(low.min(value), high.max(value));
    if to <= from {
        return None;
    }
    let place = |x: f64| ((x - from) / (to - from) * (columns - 1) as f64).round() as usize;
    let mut line = vec!['·'; columns];
    line[place(low)..=place(high)].fill('─');
    line[place(low)] = '├';
    line[place(high)] = '┤';
    line[place(value)] = '●';
    let line: String = line.into_iter().collect();
    Some(format!("{} {line} {}", short(from), short(to)))
}

/// The ends of the scale an interval is shown on: what a share or a score can be, where the interval is wide enough to
/// be seen there; 0 and some room beyond otherwise.
fn scale(low: f64, high: f64) -> (f64, f64) {
    let width = high - low;
    match (low, high) {
        (0.0.., ..=1.0) if width >= 0.05 => (0.0, 1.0),
        (0.0.., ..=100.0) if width >= 5.0 => (0.0, 100.0),
        (-100.0.., ..=100.0) if width >= 10.0 => (-100.0, 100.0),
        _ => ((low - width / 2.0).min(0.0), (high + width / 2.0).max(0.0)),
    }
}

fn bars(values: &Value, columns: usize) -> Option<String> {
    let named: Vec<(String, f64)> = match values {
        Value::Object(fields) => {
            fields.iter().filter_map(|(name, value)| Some((name.replace('_', " "), number(value)?))).collect()
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .filter_map(|(at, value)| Some(((at + 1).to_string(), number(value)?)))
            .collect(),
        _ => return None,
    };
    let longest = named.iter().map(|(_, value)| value.abs()).fold(0.0, f64::max);
    if named.is_empty() || longest <= 0.0 {
        return None;
    }
    let label = named.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let line = |(name, value): &(String, f64)| {
        let eighths = (value.abs() / longest * (columns * 8) as f64).round() as usize;
        let bar: String = std::iter::repeat_n(EIGHTHS[8], eighths / 8).collect();
        let end = EIGHTHS[eighths % 8];
        let sign = if *value < 0.0 { "−" } else { " " };
        format!("{name:>label$} {sign}{bar}{end} {}", short(*value))
    };
    let mut lines: Vec<String> = named.iter().take(BARS).map(line).collect();
    if named.len() > BARS {
        lines.push(format!("… and {} more", named.len() - BARS));
    }
    Some(lines.join("\n"))
}

/// A curve of dots: two across and four down in each character.
fn curve(points: &[(f64, f64)], steps: bool, columns: usize) -> Option<String> {
    let finite: Vec<(f64, f64)> =
        points.iter().copied().filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
    let range = |of: fn(&(f64, f64)) -> f64| {
        let values = finite.iter().map(of);
        (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
    };
    let ((left, right), (mut bottom, mut top)) = (range(|p| p.0), range(|p| p.1));
    if finite.len() < 2 || right <= left {
        return None;
    }
    if bottom >= 0.0 && top <= 1.0 {
        (bottom, top) = (0.0, 1.0);
    }
    if top <= bottom {
        return None;
    }
    let (wide, high) = (columns * 2, LINES * 4);
    let mut dots = vec![vec![false; wide]; high];
    let row = |y: f64| ((top - y) / (top - bottom) * (high - 1) as f64).round() as usize;
    for (column, at) in
        (0..wide).map(|column| (column, left + (right - left) * column as f64 / (wide - 1) as f64))
    {
        let next = finite.partition_point(|(x, _)| *x <= at);
        let Some(before) = next.checked_sub(1).and_then(|before| finite.get(before)) else { continue };
        let y = match finite.get(next) {
            Some(after) if !steps && after.0 > before.0 => {
                before.1 + (after.1 - before.1) * (at - before.0) / (after.0 - before.0)
            }
            _ => before.1,
        };
        dots[row(y).min(high - 1)][column] = true;
    }
    let label = short(top).len().max(short(bottom).len());
    let mut lines: Vec<String> = dots
        .chunks(4)
        .enumerate()
        .map(|(line, rows)| {
            let name = match line {
                0 => short(top),
                _ if line == LINES - 1 => short(bottom),
                _ => String::new(),
            };
            format!("{name:>label$} ┤{}", braille(rows))
        })
        .collect();
    let (from, to) = (short(left), short(right));
    lines.push(format!(
        "{:label$}  {from}{to:>rest$}",
        "",
        rest = columns.saturating_sub(from.chars().count())
    ));
    Some(lines.join("\n"))
}

/// Four rows of dots as one line of characters.
fn braille(rows: &[Vec<bool>]) -> String {
    const BITS: [[u32; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
    let columns = rows.first().map_or(0, Vec::len) / 2;
    let character = |column: usize| {
        let bits = rows.iter().zip(BITS).flat_map(|(row, bits)| {
            (0..2).filter(move |side| row[column * 2 + side]).map(move |side| bits[side])
        });
        char::from_u32(0x2800 + bits.sum::<u32>()).unwrap_or(' ')
    };
    (0..columns).map(character).collect()
}

/// A row of shades for each row of shares; what is undefined stays blank.
fn heat(rows: &[Value]) -> Option<String> {
    let cells = |row: &Value| -> Vec<Option<f64>> {
        row.as_array().map(|cells| cells.iter().map(number).collect()).unwrap_or_default()
    };
    let rows: Vec<Vec<Option<f64>>> = rows.iter().take(LINES * 3).map(cells).collect();
    if rows.iter().all(Vec::is_empty) {
        return None;
    }
    let most = rows.iter().flatten().flatten().copied().fold(0.0, f64::max);
    let shade = |cell: &Option<f64>| {
        let share = cell.map(|cell| if most > 0.0 { cell / most } else { 0.0 });
        let shade = share.map_or(' ', |share| match (share * 4.0).ceil() as usize {
            0 => '·',
            level => SHADES[level.min(4)],
        });
        [shade, shade]
    };
    let lines: Vec<String> = rows.iter().map(|row| row.iter().flat_map(shade).collect()).collect();
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_interval_is_drawn_with_its_point_inside() {
        let plot = Plot::Interval { value: "nps", interval: "ci" };
        let text = drawn(plot, &json!({"nps": 20.0, "ci": [-5.0, 45.0]}), 80).unwrap();
        let order: Vec<char> = text.chars().filter(|c| "├●┤".contains(*c)).collect();
        assert_eq!(order, ['├', '●', '┤'], "{text}");
        assert!(text.starts_with("-100 ") && text.ends_with(" 100"), "{text}");
    }

    #[test]
    fn a_narrow_interval_is_not_lost_on_a_wide_scale() {
        assert_eq!(scale(1.0, 3.0), (0.0, 4.0));
        assert_eq!(scale(-0.25, 0.25), (-0.5, 0.5));
        assert_eq!(
            [scale(0.2, 0.4), scale(40.0, 60.0), scale(-20.0, 5.0)],
            [(0.0, 1.0), (0.0, 100.0), (-100.0, 100.0)]
        );
    }

    #[test]
    fn bars_are_as_long_as_their_numbers() {
        let text = drawn(Plot::Bars { values: "n" }, &json!({"n": {"a": 1, "b": 2}}), 88).unwrap();
        let full: Vec<usize> = text.lines().map(|line| line.matches('█').count()).collect();
        assert_eq!(full, [32, 64], "{text}");
    }

    #[test]
    fn what_is_not_there_is_not_drawn() {
        let undefined = json!({"x": null, "ci": null, "points": [[0, 1]], "rows": []});
        for plot in [
            Plot::Interval { value: "x", interval: "ci" },
            Plot::Bars { values: "x" },
            Plot::Line { points: "points", x: "0", y: "1", steps: true },
            Plot::Heat { rows: "rows" },
        ] {
            assert_eq!(drawn(plot, &undefined, 80), None, "{plot:?}");
        }
    }

    #[test]
    fn a_curve_falls_from_its_first_to_its_last_line() {
        let points = json!({"rows": [{"t": 0, "s": 1.0}, {"t": 5, "s": 0.5}, {"t": 10, "s": 0.0}]});
        let plot = Plot::Line { points: "rows", x: "t", y: "s", steps: false };
        let text = drawn(plot, &points, 80).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), LINES + 1);
        assert!(lines[0].starts_with("1 ┤") && lines[0].contains('⠉') || lines[0].contains('⠑'), "{text}");
        assert!(lines[LINES].trim_start().starts_with('0') && lines[LINES].ends_with("10"), "{text}");
    }
}
