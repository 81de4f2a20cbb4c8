# Reading uploaded tables (CSV, Excel).

## Name given to a column that has none, followed by its number.
tabular-column = Column

## The file cannot be read.
tabular-empty-file = This file is empty. Upload a file with at least one row.
tabular-header-only = This file holds only the names of the columns, without a single row below.
tabular-file-too-large = This file is larger than { $limit } MiB. Split it into several smaller files.
tabular-inflates-too-much = Once decompressed, this file is larger than accepted ({ $limit } MiB), or its compression is abnormal. Upload it uncompressed or split it into several files.
tabular-too-many-columns = This file has more than { $limit } columns (line { $line }). Remove the columns you do not need, or check the delimiter.
tabular-too-many-rows = This file has more than { $limit } rows. Split it into several files.
tabular-cell-too-large = From line { $line } on, one cell is larger than { $limit } MiB. A closing quotation mark is probably missing there.
tabular-broken-quotes = Too many quotation marks are opened and never closed, the last at line { $line }. Check the delimiter, or save the file as CSV again.
tabular-truncated = This file is incomplete: its end is missing. Export or send it again, then upload it.
tabular-damaged = This file is damaged and cannot be read. Open it in your spreadsheet, save it again, then upload it.
tabular-protected = This workbook is protected by a password. Remove the protection, save it, then upload it.
tabular-old-excel = This file is in Excel 97-2003 format (.xls). Save it as .xlsx or CSV, then upload it.
tabular-binary-excel = This file is in binary Excel format (.xlsb). Save it as .xlsx or CSV, then upload it.
tabular-open-document = This file is in OpenDocument format (.ods). Save it as .xlsx or CSV, then upload it.
tabular-not-a-table = This file is not a table. Upload a CSV or Excel (.xlsx) file.
tabular-no-such-sheet = This workbook has no sheet “{ $name }”. Its sheets: { $sheets }.
tabular-not-canonical = The working copy of this file is damaged. Upload the file again.

## The file was read, with remarks.
tabular-notice-mixed-encodings =
    { $count ->
        [one] The file mixes two encodings. One line was read as { $other } instead of { $used }: line { $lines }. Check its accents.
       *[other] The file mixes two encodings. { $count } lines were read as { $other } instead of { $used }: lines { $lines }. Check their accents.
    }
tabular-notice-undecodable-bytes =
    { $count ->
        [one] Unreadable characters were replaced by “�” at line { $lines }. Check the encoding chosen.
       *[other] Unreadable characters were replaced by “�” in { $count } lines: { $lines }. Check the encoding chosen.
    }
tabular-notice-duplicate-columns =
    { $count ->
        [one] One column had the same name as another; it is now called { $names }.
       *[other] { $count } columns had the same names as others; they are now called { $names }.
    }
tabular-notice-unnamed-columns =
    { $count ->
        [one] One column had no name; it is now called { $names }.
       *[other] { $count } columns had no name; they are now called { $names }.
    }
tabular-notice-short-rows =
    { $count ->
        [one] One row has fewer cells than there are columns; the missing cells are empty. Line { $lines }.
       *[other] { $count } rows have fewer cells than there are columns; the missing cells are empty. Lines { $lines }.
    }
tabular-notice-empty-rows =
    { $count ->
        [one] One empty row was left out.
       *[other] { $count } empty rows were left out.
    }
tabular-notice-title-skipped =
    { $count ->
        [one] A title above the table was left out: line { $lines }.
       *[other] Titles above the table were left out: lines { $lines }.
    }
tabular-notice-other-sheets =
    { $count ->
        [one] Only the sheet “{ $used }” was read; another sheet holds data: { $others }.
       *[other] Only the sheet “{ $used }” was read; other sheets hold data: { $others }.
    }
tabular-notice-cell-errors =
    { $count ->
        [one] One cell holds an Excel calculation error, kept as text: row { $lines }.
       *[other] { $count } cells hold an Excel calculation error, kept as text: rows { $lines }.
    }

## A row cannot be used.
tabular-bad-too-many-cells = Line { $line }: { $found } cells for { $expected } columns. A delimiter probably stands in a text without quotation marks.
tabular-bad-nul-character = Line { $line }: it holds a null character, which no text has.
tabular-bad-broken-quote = Line { $line }: a quotation mark is opened and not properly closed.

## Delimiters.
tabular-delimiter-semicolon = semicolon
tabular-delimiter-tab = tab
tabular-delimiter-pipe = vertical bar
tabular-delimiter-comma = comma

## What a column can hold.
tabular-kind-given_name = Given name
tabular-kind-family_name = Family name
tabular-kind-full_name = Full name
tabular-kind-organisation = Organisation
tabular-kind-email = E-mail address
tabular-kind-phone = Telephone
tabular-kind-mobile = Mobile telephone
tabular-kind-external_number = Number or identifier
tabular-kind-birth_date = Date of birth
tabular-kind-street = Address (number and street)
tabular-kind-postal_code = Postal code
tabular-kind-city = City
tabular-kind-country = Country
tabular-kind-site = Site or branch
tabular-kind-language = Language
tabular-kind-consent = Consent
tabular-kind-score_0_10 = Score from 0 to 10
tabular-kind-score_1_5 = Score from 1 to 5
tabular-kind-score_1_7 = Score from 1 to 7
tabular-kind-date = Date
tabular-kind-comment = Comment
tabular-kind-weight = Survey weight
tabular-kind-channel = Channel
