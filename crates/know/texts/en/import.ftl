import-title = Imports
import-help = The files that came in, what their rows became, and how to take them back.
import-new = Import a file
import-new-help = CSV or Excel. Nothing is written before you agree; any import can be undone for 30 days.
import-none = No import yet
import-none-help = Drop a CSV or Excel file: columns are recognised, and you check before anything is written.
import-file = File
import-kind = Content
import-when = Received
import-lines = Rows
import-line = Line
import-state = State
import-result = Result
import-outcome = { $created } created, { $updated } completed, { $rejected } refused
import-next = Next
import-cancel = Cancel
import-phase-draft = To be checked
import-phase-rehearsing = Dry run
import-phase-running = Running
import-phase-stopped = Stopped
import-phase-done = Done
import-phase-undoing = Being undone
import-phase-undostopped = Partly undone
import-phase-undone = Undone

import-kind-customers = Customers
import-kind-customers-help = People and organisations, one a row, prospects included.
import-what = What does the file contain?
import-drop = Drop the file here, or choose it
import-drop-hint = CSV, TSV, TXT or XLSX, compressed or not, up to { $megabytes } MB.
import-sending = Sending the file
import-read = Read the file
import-stages = Stages
import-stage-file = 1. File
import-stage-mapping = 2. Columns
import-stage-dry-run = 3. Dry run
import-stage-run = 4. Import
import-stage-report = 5. Report

import-draft-title = Import { $name }
import-draft-help = { $rows ->
    [one] One row
   *[other] { $rows } rows
}, { $columns ->
    [one] one column
   *[other] { $columns } columns
}, { $format }. Nothing is written before you agree.
import-format-text = separator: { $delimiter }, encoding { $encoding }
import-format-sheet = sheet “{ $sheet }”
import-dry-run = Try without writing
import-run = Import
import-where = Where does each column go?
import-settled = { $n } of { $total } taken
import-remember = Keep these choices for this file
import-column = Column
import-examples = Examples
import-field = Field in Bocal
import-field-of = Field for column { $column }
import-reading = Reading
import-empty-cell = empty
import-not-taken = Do not import
import-tag-sure = Certain
import-tag-probable = Probable
import-tag-chosen = Chosen
import-tag-off = Left aside
import-tag-undecided = To be decided
import-tag-dates-mixed = 2 date formats
import-tag-short-years = 2-digit years
import-tag-consent-unread = Values to check
import-tag-sites = { $count ->
    [one] 1 site recognised
   *[other] { $count } sites recognised
}
import-tag-sites-unknown = { $count ->
    [one] 1 unknown site
   *[other] { $count } unknown sites
}
import-tag-sites-many = Too many values
import-options = What to decide
import-save = Save and see the preview
import-decide = Decide
import-decision-missing = A decision is missing
import-consent-empty-detail = { $column }: { $count ->
    [one] one cell is empty
   *[other] { $count } cells are empty
}. Say what an empty cell means.
import-consent-unread = Some consents cannot be read
import-consent-unread-detail = { $column }: only yes, no, Y, N, 1 and 0 are understood. Rows with another value will be refused: { $values }
import-dates-mixed = Two date formats
import-dates-mixed-detail = { $column }: some dates begin with the day, others with the month. Say which comes first; impossible dates will be refused.
import-short-years = Two-digit years
import-short-years-detail = { $column }: { $count ->
    [one] one date like 17/11/76 will be read as 1976.
   *[other] { $count } dates like 17/11/76 will be read as 1976.
}
import-sites-unknown = Some sites are not recognised
import-sites-unknown-detail = { $count ->
    [one] This value is neither the code nor the name of one of your sites:
   *[other] These { $count } values are neither the code nor the name of one of your sites:
} { $values }
import-sites-many = This column does not look like sites
import-sites-many-detail = { $column } holds more than a hundred different values. Check that it is the site.
import-bad-rows = Some rows cannot be read
import-bad-rows-detail = { $count ->
    [one] One row cannot be used; the report will say why.
   *[other] { $count } rows cannot be used; the report will say why.
}
import-read-so = Note on the reading
import-aside = { $count ->
    [one] One column is left aside
   *[other] { $count } columns are left aside
}
import-preview = Preview of line { $line }
import-preview-rejected = This row would be refused
import-preview-previous = Previous
import-preview-next = Next
import-how-read = How the file is read
import-how-read-help = If the examples above are unreadable or badly cut, change the reading.
import-delimiter = Separator
import-encoding = Encoding
import-sheet = Sheet
import-header = First row
import-header-yes = Names of columns
import-header-no = Data
import-reading-found = Recognised: { $value }
import-read-anew = Read the file again
import-read-again = The file was read again.
import-discard = Give up this file
import-discarded = The file is given up, nothing was written.

import-date-order = Order of dates
import-date-order-found = As found in the column
import-date-order-day = Day, month, year
import-date-order-month = Month, day, year
import-date-order-year = Year, month, day
import-date-order-excel = Excel day number

import-customers-full-name = Full name
import-customers-duplicates = If the customer is already known
import-customers-duplicates-hint = Recognised by number, by e-mail with the same name, or by telephone with the same first and last name.
import-customers-duplicates-update = Complete their record
import-customers-duplicates-skip = Leave it alone
import-customers-duplicates-create = Create another record
import-customers-role = Role of new customers
import-customers-site = Site of new customers
import-customers-site-none = None, or that of the column
import-customers-unknown-sites = Unknown site
import-customers-unknown-sites-reject = Refuse the row
import-customers-unknown-sites-none = Leave the site empty
import-customers-empty-consent = Consent: empty cell
import-customers-empty-consent-undecided = To be decided
import-customers-empty-consent-nothing = Empty = nothing noted
import-customers-empty-consent-refusal = Empty = refused
import-customers-number-rows = Number rows without an identifier
import-customers-number-rows-hint = The customer number becomes the name of the file and the number of the line; it names those who have no name.
import-customers-nameless = This file names nobody
import-customers-nameless-detail = No column gives a name, an organisation, an e-mail or a number. Choose one, or tick “Number rows without an identifier”.
import-customers-known = Already known
import-customers-skipped = Customer already known, left as they are.
import-customers-error-nameless = A name, an organisation, an e-mail or a number is needed.
import-customers-error-birth = This date does not exist, or cannot be read in the chosen order.
import-customers-error-kind = Neither person nor organisation.
import-customers-error-role = Neither prospect, nor customer, nor former customer.
import-customers-error-channel = This channel is not known.
import-customers-error-language = This language is not known.
import-customers-error-site = This site does not exist or is not yours.
import-customers-error-consent = Neither yes nor no.

import-dry-run-result = What the import would do
import-dry-run-nothing = nothing was written
import-would = Rows would be
import-would-be = Would be
import-would-created = Created
import-would-updated = Completed
import-would-unchanged = Unchanged
import-would-skipped = Left aside
import-would-rejected = Refused
import-share = Share
import-total = Total
import-reasons = Why rows are refused or left aside
import-reason = Reason
import-reason-field = { $field }. { $reason }
import-first-lines = First lines
import-first-line = First line

import-job-dry-run = Dry run of { $name }
import-job-run = Import of { $name }
import-job-undo = Undoing { $name }
job-import-customers = Import of customers
import-stopping = The import is stopping; what is done stays done.
import-stopped = The import is stopped
import-stopped-help = What is done stays done. You can go on at the next row: none will be written twice.
import-resume = Go on
import-refresh = Refresh the page

import-report-title = Import of { $name }
import-report-help = { $kind }, by { $who }, { $when }.
import-report = Report
import-ended = ended { $when }, in { $took }
import-ended-at-once = ended { $when }, in less than a second
import-see-result = See what was imported
import-see-rows = See the rows
import-became = What the rows became
import-became-created = Created
import-became-created-note = new record
import-became-updated = Completed
import-became-updated-note = already known, at least one field changed
import-became-unchanged = Unchanged
import-became-unchanged-note = already known, nothing new
import-became-skipped = Left aside
import-became-skipped-note = as asked
import-became-rejected = Refused
import-became-rejected-note = to be corrected
import-left = Not done
import-left-note = not yet, or the import was stopped
import-and-now = And now
import-total-equal = Total, equal to the file
import-none-lost = No row lost
import-rejected-download = { $n ->
    [one] The refused row
   *[other] The { $n } refused rows
}
import-rejected-file = refused
import-undo = Undo the import
import-undo-until = Can be undone until { $day }
import-undone = The import is undone
import-undone-detail = { $when }: { $removed ->
    [0] no record removed
    [one] one record removed
   *[other] { $removed } records removed
}, { $restored ->
    [0] none as before
    [one] one as before
   *[other] { $restored } as before
}, { $kept ->
    [0] none kept.
    [one] one kept, because it was changed since.
   *[other] { $kept } kept, because they were changed since.
}
import-kept-changed = Kept: somebody changed it since.
import-kept-attached = Kept: contacts, purchases or answers hang on it.
import-row-removed = Removed.
import-row-restored = As before.
import-row-kept = Kept.
import-rows = Rows
import-rows-title = Rows of { $name }
import-rows-help = Every row of the file, what it became and why.
import-rows-all = All
import-rows-none = No row
import-rows-none-help = No row of the file became this. Choose another kind.
import-subject = Record or content

import-bad-too-many-cells = More cells than columns: a separator probably stands in a text without quotation marks.
import-bad-nul-character = The row contains a NUL character, which no text has.
import-bad-broken-quote = A quotation mark is opened and not closed properly.

import-error-kind = Choose what the file contains.
import-error-no-file = Choose a file.
import-error-row = This row cannot be used.
import-error-field = There is no field “{ $field }”.
import-error-field-twice = Field “{ $field }” is already given to another column.
import-error-column = The file has no column “{ $column }”.
import-error-option = There is no option “{ $option }”.
import-error-option-value = Choose a value of the list.
import-error-outcome = Choose a kind of the list.
import-error-outcome-api = Choose created, updated, unchanged, skipped or rejected.
import-error-undecided = A decision is missing before the import.
import-error-started = This import has already begun.
import-error-not-started = This import has not begun: there is nothing to undo.
import-error-not-stopped = This import is not stopped.
import-error-undo-running = Stop the import first, or wait for its end.
import-error-undone = This import is already undone.
import-error-busy = Something is at work on this import. Wait for its end or stop it.
import-error-too-old = This import is more than 30 days old: its file is no longer kept.

event-import-created = File received
event-import-started = Import begun
event-import-batch = Rows imported
event-import-ended = Import ended
event-import-undone = Import undone
event-import-discarded = File given up
event-customer-removed = Customer removed
import-cli-lines = ({ $n } rows; the first: { $lines })
import-no-day = No date, neither in the row nor in the settings.
import-bad-day = “{ $value }” is not a date.
import-future-day = “{ $value }” is in the future.
import-bad-site = None of your sites is called “{ $value }”.
import-doubtful = Day and month to be checked
import-doubtful-detail = Nothing in the column proves which comes first. Choose the order of dates.
import-mixed = Dates written in two orders
import-mixed-detail = Most follow the same order; those that only make sense in the other one will be read that way. Choose the order to have them refused instead.
import-doubtful-tag = Order to check
