# `bocal link`: everything the command says.

link-explain-same = Rows { $first } and { $second } are taken for the same person: the probability is { $percent }.
link-explain-always = Rows { $first } and { $second } are joined because you said so (--always list). By what they hold, the probability would be { $percent }.
link-explain-by-others =
    { $count ->
        [0] Rows { $first } and { $second } are in one group. The probability of this pair by itself is { $percent }.
        [one] Rows { $first } and { $second } are taken for the same person because another row links them: { $between }. The probability of this pair by itself is { $percent }.
       *[other] Rows { $first } and { $second } are taken for the same person because other rows link them: { $between }. The probability of this pair by itself is { $percent }.
    }
link-explain-never = Rows { $first } and { $second } stay apart because you said so (--never list). By what they hold, the probability that they are the same person would be { $percent }.
link-explain-apart = Rows { $first } and { $second } stay apart although the probability is { $percent }: each resembles other rows, and those contradict each other.
link-explain-apart-one-to-one = Rows { $first } and { $second } stay apart although the probability is { $percent }: a row has one counterpart in the other file, and another one fits better.
link-explain-apart-same-file = Rows { $first } and { $second } stay apart although the probability is { $percent }: they are of one file, and two rows of one file are joined only by a row of the other.
link-explain-review = Whether rows { $first } and { $second } are the same person is not certain: the probability is { $percent }, below the threshold of { $threshold }.
link-explain-different = Rows { $first } and { $second } are not taken for the same person: the probability that they are is { $percent }.
link-explain-for = What speaks for one person:
link-explain-against = What speaks against it:
link-explain-neutral = What speaks neither for nor against it:
link-explain-nothing-for = Nothing speaks for one person.
link-explain-nothing-against = Nothing speaks against it.
link-explain-line = { $field }: { $found }{ $values }
link-explain-value = { " " }({ $value })
link-explain-values = { " " }({ $left } / { $right })
link-explain-value-in = { " " }({ $value }; in { $n } of { $all } rows)
link-explain-values-in = { " " }({ $left } / { $right }; in { $n } of { $all } rows)
link-explain-copies = Everything that is compared is the same in both rows: one is a copy of the other.
link-explain-too-little = What agrees is not enough to make one person of two rows among { $n }.
link-explain-family = Relatives share part of this agreement too, so it counts for less.
link-explain-rivals = Another row is an equally good or better counterpart, and a row has one counterpart in the other file. Without that, the probability would be { $percent }.
link-explain-not-household = If they were two people, they would most likely belong to one household.
link-explain-not-relatives = If they were two people, they would most likely be relatives who live apart.
link-explain-not-namesakes = If they were two people, they would most likely be namesakes.
link-explain-not-strangers = If they were two people, they would most likely not know each other.
link-explain-rather-household = They are more likely two people of one household, such as spouses, or a parent and a child.
link-explain-rather-relatives = They are more likely two relatives who live apart.
link-explain-rather-namesakes = They are more likely two people who bear the same name.
link-explain-rather-strangers = They are more likely two people who have nothing to do with each other.
link-explain-look = Somebody should look at this pair. Once decided, put it into a list: --always if they are the same person, --never if not. The decision then holds in later runs.
link-row = “{ $name }”
link-row-of = “{ $name }” ({ $file })
link-more-than = more than { $percent }
link-just-below = a little less than { $percent }
link-less-than = less than { $percent }

link-field-given_name = Given name
link-field-family_name = Family name
link-field-birth_date = Date of birth
link-field-email = E-mail
link-field-phone = Telephone
link-field-address = Address
link-field-identifier = Number “{ $column }”
link-field-category = “{ $column }”
link-field-text = “{ $column }”
link-field-number = “{ $column }”
link-field-day = “{ $column }”

link-level-same = the same
link-level-one_slip = the same but for one slip of the pen
link-level-other_form = two forms of one name, or one of several names
link-level-alike = alike
link-level-loosely_alike = somewhat alike
link-level-initial = one is the initial of the other
link-level-swapped = given and family name are swapped
link-level-part = one is a part of the other
link-level-another_name = another given name
link-level-different = different
link-level-missing = given in both, but it proves nothing
link-level-same_name = the same name with another provider
link-level-same_street = the same street, another number
link-level-same_place = the same town or postal code
link-level-other_street_of_place = the same town, another street
link-level-near = nearby
link-level-next_day = a day apart
link-level-same_year = the same year
link-level-two_parts = two of day, month and year are the same
link-level-most_words = most words are the same
link-level-some_words = some words are the same
link-level-day_before = a day apart
link-level-3_days_before = three days apart at most
link-level-a_week_before = a week apart at most
link-level-a_month_before = a month apart at most
link-level-within_3_days = within three days
link-level-within_a_week = within a week
link-level-within_two_weeks = within two weeks
link-level-within_a_month = within a month
link-level-one_year = one year apart
link-level-within_3_years = within three years
link-level-within_10_years = within ten years
link-level-within-percent = within { $n }%

link-strength-decisive = This weighs very much.
link-strength-strong = This weighs much.
link-strength-fair = This weighs something.
link-strength-slight = This weighs very little.

link-file = { $name }: { $facts }
link-file-encoding = encoding { $name }
link-file-mark = byte order mark
link-file-delimiter = delimiter { $name }
link-file-named-at = names of the columns at line { $line }
link-file-no-names = without names of columns
link-file-columns =
    { $n ->
        [one] { $n } column
       *[other] { $n } columns
    }
link-delimiter-comma = comma
link-delimiter-semicolon = semicolon
link-delimiter-tab = tab
link-delimiter-bar = vertical bar
link-delimiter-sign = “{ $sign }”
link-delimiter-number = character { $number }
link-standard-input = standard input
link-standard-output = standard output
link-notice-utf-8 = what the command writes is in UTF-8
link-notice-two-encodings =
    { $n ->
        [one] two encodings: { $n } line was read as { $encoding }: line { $lines }
       *[other] two encodings: { $n } lines were read as { $encoding }: lines { $lines }
    }
link-notice-renamed = columns of one name, now called { $names }
link-notice-unnamed = columns without a name, now called { $names }
link-notice-title =
    { $n ->
        [one] { $n } line above the names of the columns is left out
       *[other] { $n } lines above the names of the columns are left out
    }
link-why-told = as you said
link-why-truth = the truth, never evidence
link-why-name = by its name
link-why-name-and-values = by its name and its values
link-why-values = by its values
link-why-all-distinct = different in every row
link-why-empty = without a value in the first rows
link-why-nothing = nothing tells what it is
link-order-day-first = day first
link-order-month-first = month first
link-order-year-first = year first
link-order-serial = numbers of a spreadsheet
link-more-columns = … and { $n } more
link-blank-lines =
    { $n ->
        [one] { $name }: { $n } blank line is no row
       *[other] { $name }: { $n } blank lines are no rows
    }
link-kept-out =
    { $n ->
        [one] { $name }: { $n } row is kept out
       *[other] { $name }: { $n } rows are kept out
    }
link-kept-out-more = … and { $n } more (--report lists up to 1,000)
link-bad-row = line { $line }: { $why }
link-bad-cells =
    { $found ->
        [one] it has { $found } cell instead of { $expected }
       *[other] it has { $found } cells instead of { $expected }
    }
link-bad-bytes = it has bytes that mean nothing in the encoding
link-bad-quote = a quotation mark is opened and never closed

link-stage-reading = reading
link-stage-sorting = sorting
link-stage-comparing = comparing
link-stage-learning = learning
link-stage-gathering = gathering
link-stage-writing = writing
link-stage-pairs = writing pairs

link-total-rows =
    { $n ->
        [one] { $n } row
       *[other] { $n } rows
    }
link-total-people =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
link-total-same =
    { $n ->
        [one] { $n } pair of rows of one person
       *[other] { $n } pairs of rows of one person
    }
link-total-review =
    { $n ->
        [one] { $n } pair to be looked at
       *[other] { $n } pairs to be looked at
    }
link-total-limits = (threshold { $threshold }, review from { $review })
link-learnt-nothing = This file does not show enough of how one person’s rows differ: what is usual was taken instead. Look at some pairs before you rely on them, or use a model of a file of the same kind (--model).
link-model-lacks = The model does not know these fields, for which what is usual counts: { $fields }.
link-model-has-more = The model knows fields that are not compared here: { $fields }.
link-total-seconds = { $n } s
link-measure-pairs = pairs of rows
link-measure-rows = rows (B³)
link-measure-threshold = threshold
link-measure-precision = precision
link-measure-recall = recall
link-measure-f1 = F1
link-measure-chosen = chosen
link-said = What probabilities are worth: pairs found, mean probability said, share that is truly one person
link-said-probability = probability
link-said-between = { $from } to { $until }
link-said-pairs = pairs
link-said-mean = said
link-said-right = true

link-cannot-be-read = { $name } cannot be read:
link-cannot-be-written = { $name } cannot be written:
link-standard-output-lost = Standard output did not take everything:
link-reason-not-found = there is no such file or folder.
link-reason-permission = permission is refused.
link-reason-full = no space is left on the disk.
link-reason-folder = it is a folder.
link-reason-not-a-folder = a part of its path is not a folder.
link-reason-read-only = the disk can only be read.
link-reason-other = { $why }.
link-line-too-long = line { $line } is longer than 64 MB.
link-quotes-never-closed = too many quotation marks are never closed, the last at line { $line }. Is the delimiter right?
link-empty = { $name } is empty.
link-only-names = { $name } holds only the names of its columns, without a row below.
link-not-a-table = { $name } is not a table of text; save it as CSV.
link-workbook = { $name } is a workbook or an archive; save its sheet as CSV.
link-old-workbook = { $name } is an old Excel workbook; save its sheet as CSV.
link-wrong-encoding = { $name } cannot be read as { $encoding }: { $damaged } of { $lines } lines have bytes that mean nothing in it. Say which encoding it is with --encoding.
link-no-copy = A temporary copy cannot be written in { $folder }:
link-no-copy-tmpdir = TMPDIR names another folder.
link-too-many-rows = There are more than 4,294,967,294 rows; split the file.
link-no-usable-row = { $name } has no usable row.
link-no-usable-row-first =
    { $n ->
        [one] { $n } row is kept out, at line { $line }:
       *[other] { $n } rows are kept out, the first at line { $line }:
    }
link-changed = { $name } changed while it was read; start again.
link-one-standard-input = Only one file can be standard input.
link-output-is-folder = { $name } cannot be written: it is a folder.
link-output-not-compressed = { $name }: the command writes no compressed files; give a name without .gz.
link-would-be-overwritten = { $name } is read by this command and would be written over: name another file.
link-two-outputs = Two files would be written to one place, { $name }: give them two names.
link-two-to-standard-output = Only one file can go to standard output.
link-interrupted = Interrupted. No file was left half written.
link-interrupted-left = Interrupted. { $name } was left half written: delete it.
link-review-above = --review { $review } must not be above the threshold { $threshold }.
link-truth-blank = The truth column “{ $column }” is blank in every row.
link-truth-in-both = The truth column “{ $column }” must be in both files.
link-no-column = There is no column called “{ $column }”.
link-columns-there = { $name } has: { $columns }.
link-columns-form = --columns: “{ $part }” is not KIND=COLUMN, such as first_name=prenom.
link-columns-unknown = --columns: there is no kind of column called “{ $kind }”. There are: { $kinds }.
link-columns-near = --columns: there is no kind of column called “{ $kind }”. Did you mean { $near }={ $column }? There are: { $kinds }.
link-columns-turned = --columns: there is no kind of column called “{ $kind }”. Did you mean { $column }={ $kind }? There are: { $kinds }.
link-columns-twice = --columns: the column “{ $column }” is given twice, as { $first } and as { $second }.
link-row-no-line = No usable row begins at { $name }.
link-row-no-id = No row has “{ $name }” in the column “{ $column }”; line:12 names the row of line 12.
link-row-no-ids = No column numbers the rows, so that “{ $name }” cannot be found. Write line:12 for the row of line 12, or name the column with --columns row_id=COLUMN.
link-row-several = Several rows are called “{ $name }”: { $places }. Name one of them so.
link-same-row = Both are the same row.
link-list-two-columns = { $name } must have two columns, the rows of each pair.
link-list-line = { $name } line { $line }:
link-list-no-file = none of the files is called “{ $name }”. There are: { $files }.
link-list-first-line = { $name }: the first line is taken for names of columns
link-lists-contradict = The lists contradict each other. { $never } line { $line } parts “{ $a }” and “{ $b }”, whom { $always } joins by { $pairs } (line { $lines }). Take one or the other out.
link-model-unreadable = The model { $name } cannot be read:
link-model-cut-off = The model { $name } is cut off: its end is missing.
link-model-no-model = { $name } is not a model saved by bocal link.
link-model-other-version = The model { $name }, of version { $version }, cannot be used: { $why }.
link-model-unusable = The model { $name } cannot be used: { $why }.
link-why-no-number = It is not a number.
link-why-no-probability = A probability lies between 0 and 1, such as 0.9.
link-why-no-delimiter = Give one character such as ; or the word tab.
link-why-no-language = There are fr and en.
link-why-no-encoding = Known are UTF-8, UTF-16, windows-1252, ISO-8859-1, macintosh and their like.
