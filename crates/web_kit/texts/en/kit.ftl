kit-skip = Skip to content
kit-nav = Main navigation
kit-mark = Bocal, home
kit-home = To do
kit-search = Search everywhere
kit-search-hint = Search a customer, a survey, a page
kit-find = Search
kit-search-results = Results
kit-person-menu = your menu
kit-account = My account
kit-theme-system = System appearance
kit-theme-light = Light appearance
kit-theme-dark = Dark appearance
kit-sign-out = Sign out
kit-crumbs = Breadcrumbs
kit-stage-pages = Pages of this stage
kit-undo = Undo
kit-close = Close
kit-quoted = “{ $text }”
kit-demonstration = Demonstration organisation: everything in it is made up.
kit-back-home = Back to home
kit-form-errors = { $n ->
    [one] One thing to correct
   *[other] { $n } things to correct
}
stage-know = Know
stage-listen = Listen
stage-understand = Understand
stage-act = Act
stage-steer = Steer
stage-admin = Administration

kit-not-found = This page does not exist, or no longer does
kit-not-found-detail = The link may be old, or the record belongs to a site that is not yours. Search by name or reference.
kit-not-signed-in = Sign in
kit-not-signed-in-detail = You must be signed in to see this page. A program must send a valid token.
kit-denied = Your role does not allow this
kit-denied-detail = It takes the right to { $permission }. An administrator can give it to you.
kit-invalid = Something needs correcting
kit-invalid-detail = { $n ->
    [one] One thing needs correcting; nothing was saved.
   *[other] { $n } things need correcting; nothing was saved.
}
kit-refused = Not possible as things stand
kit-factor-owed = Your role asks for a second factor: set it up first, then go on.
kit-stale = Somebody changed this meanwhile
kit-stale-detail = Load the present version, then make your change again. Nothing was overwritten.
kit-versions = Somebody saved another version meanwhile
kit-versions-help = Nothing is lost: what you typed is in the form. Save again to replace the saved version with yours.
kit-versions-theirs = The saved version
kit-versions-yours = Yours, not saved yet
kit-too-many = Too many attempts
kit-too-many-detail = Try again in { $wait }.
kit-conflict = This value is taken or still in use
kit-conflict-detail = Another record has the same value, or depends on this one. Nothing was saved.
kit-busy = Many people at once
kit-busy-detail = Several people are writing in the same place. Try again in a moment.
kit-internal = The page failed
kit-internal-detail = The incident is in the technical log. Try again; if it goes on, tell your administrator.
kit-form-unreadable = The form arrived incomplete. Go back and send it again.
kit-form-expired = Your session changed since this page was opened. Reload it, then send again.
kit-query-unreadable = The address of the page is incomplete or misspelt.
kit-foreign-form = This request comes from a page of another site: it is refused.
kit-method-not-allowed = This address exists, but not for this kind of request.
kit-too-large = The file is larger than { $megabytes } MB. Split it into several files, or ask the administrator to raise the limit.
kit-json-unreadable = The body is not well-formed JSON, line { $line }, column { $column }.
kit-json-object = The body must be a JSON object: it begins with a brace.
kit-json-missing = This field is required.
kit-json-unknown = There is no such field here: see /api/docs.
kit-json-kind = This value does not have the expected form: see /api/docs.
kit-parameter-missing = This parameter is required.
kit-parameter-bad = This parameter does not have the expected form.
kit-parameter-unknown = There is no such parameter here. The description of the interface names those there are: /api/docs.
kit-parameter-twice = This parameter can be given once only.
kit-nul = The text holds a null character, invisible, which cannot be stored. Remove it, for instance by pasting the text without formatting.
kit-body-too-large = What was sent exceeds { $megabytes } MB, the most this address accepts.
kit-too-slow = The request took more than two minutes and was stopped. Check your connection, then try again.
kit-bad-cursor = This cursor does not come from a previous answer.
kit-if-match-missing = Send the If-Match header with the version you read (ETag), so that nobody overwrites another’s work unknowingly.
kit-if-match-bad = The If-Match header must hold the version you read, such as "3".
kit-idempotency-key-bad = The Idempotency-Key header must have 1 to 200 characters.
kit-idempotency-key-reused = This idempotency key was already used for another request.

permission-customers-read = see customers
permission-customers-write = change customers
permission-customers-import = import customers
permission-customers-export = export customers
permission-customers-erase = erase customers
permission-surveys-read = see surveys
permission-surveys-write = write and publish surveys
permission-answers-import = import answers
permission-answers-read = read answers
permission-indicators-read = see indicators
permission-indicators-export = export indicators
permission-cases-read = see follow-ups
permission-cases-write = work on follow-ups
permission-cases-import = open follow-ups from a file
permission-cases-manage = decide causes and deadlines of follow-ups
permission-improvements-write = lead improvements
permission-boards-read = see boards
permission-boards-pin = pin figures to boards
permission-people-manage = manage colleagues, sites and teams
permission-settings-manage = change settings
permission-tokens-manage = manage tokens
permission-ledger-read = read the ledger
permission-jobs-manage = follow jobs
permission-mail-manage = follow sent e-mail

chart-table = See the table
chart-scroll = Slide to see the whole line.

kit-job-progress = Progress
kit-job-stopping = Stopping…
kit-job-cancel = Stop, keep what is done
kit-job-retry = Resume
kit-job-done = Done
kit-job-done-of = { $done } of { $total }, { $share }
kit-job-speed = Speed
kit-job-rate = { $rate } per second
kit-job-left = Left
kit-job-took = Took
kit-job-leave = You can leave this page, the work goes on.
kit-job-error = Last incident:
chart-range = from { $low } to { $high }
chart-value = Value
chart-interval = 95% interval
chart-count = Answers
chart-share = Share
chart-mark = { $label }: { $value }, { $count }
chart-mark-range = { $label }: { $value }, { $range }, { $count }
chart-answers = { $n ->
    [0] no answers
    [one] one answer
   *[other] { $n } answers
}
chart-bar = { $label }: { $count }, { $share }
chart-count-cases = Follow-ups
chart-cases = { $n ->
    [0] no follow-ups
    [one] one follow-up
   *[other] { $n } follow-ups
}
chart-few-cases = few follow-ups
chart-mark-count = { $label }: { $count }
chart-few = few answers
chart-empty = Nothing to draw: no answers in these periods.
chart-definition = Definition
kit-offline = No connection: nothing is lost, try again in a moment.
kit-request-failed = The request failed: nothing was changed. Try again.
kit-escape = Esc
kit-palette-choose = ↑ ↓ choose
kit-palette-open = Enter to open
