//! Tables an input names instead of spelling them out. The crate opens nothing: whoever calls it lends the files.

use std::collections::HashMap;

use super::OpError;

/// Lends the text of a file an input names.
pub trait Files {
    /// The whole text of the file `name`.
    ///
    /// # Errors
    /// A sentence saying why it cannot be read.
    fn read(&self, name: &str) -> Result<String, String>;
}

/// Lends nothing: inputs must spell their data out.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<String, String> {
        Err("files are not read here: give the data itself".to_owned())
    }
}

/// A CSV file with a heading, column by column.
pub(super) struct Table {
    columns: HashMap<String, usize>,
    cells: Vec<csv::StringRecord>,
}

impl Table {
    /// Reads the file an input names.
    pub(super) fn read(name: &str, files: &dyn Files) -> Result<Self, OpError> {
        let text = files
            .read(name)
            .map_err(|why| OpError { code: "unreadable", message: format!("{name}: {why}") })?;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let wrong = |error: csv::Error| OpError::bad_shape(format!("{name}: {error}"));
        let columns = reader
            .headers()
            .map_err(wrong)?
            .iter()
            .enumerate()
            .map(|(at, name)| (name.trim().to_owned(), at));
        let columns = columns.collect();
        let cells = reader.records().collect::<Result<_, _>>().map_err(wrong)?;
        Ok(Self { columns, cells })
    }

    /// Numbers of a column; an empty cell is missing.
    pub(super) fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>, OpError> {
        let Some(&at) = self.columns.get(name) else {
            return Err(OpError::bad_shape(format!("the file has no column {name:?}")));
        };
        let number =
            |(row, cells): (usize, &csv::StringRecord)| match cells.get(at).unwrap_or_default().trim() {
                "" | "NA" => Ok(None),
                text => text.parse().ok().filter(|x: &f64| x.is_finite()).map(Some).ok_or_else(|| {
                    OpError::bad_shape(format!("line {}: {name} is {text:?}, which is no number", row + 2))
                }),
            };
        self.cells.iter().enumerate().map(number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct One(&'static str);
    impl Files for One {
        fn read(&self, _: &str) -> Result<String, String> {
            Ok(self.0.to_owned())
        }
    }

    #[test]
    fn columns_are_found_by_name_and_empty_cells_are_missing() {
        let table = Table::read("a.csv", &One("\"\",x,y\n1,2.5,\n2,NA,4\n")).unwrap();
        assert_eq!(table.numbers("x").unwrap(), [Some(2.5), None]);
        assert_eq!(table.numbers("y").unwrap(), [None, Some(4.0)]);
        assert_eq!(table.numbers("z").unwrap_err().code, "bad_shape");
    }

    #[test]
    fn what_is_no_number_is_said_with_its_line() {
        let table = Table::read("a.csv", &One("x\n1\nmany\n")).unwrap();
        assert!(table.numbers("x").unwrap_err().message.starts_with("line 3"));
        assert_eq!(Table::read("a.csv", &One("x,y\n1\n")).err().unwrap().code, "bad_shape");
        assert_eq!(Table::read("a.csv", &NoFiles).err().unwrap().code, "unreadable");
    }
}
