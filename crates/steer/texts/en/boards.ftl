board-nav = Dashboard
board-help = Are unhappy customers called back in time and told what was done, and are causes being dealt with? An underlined figure opens the follow-ups it counts.
board-figures = Figures of follow-ups
board-period = Follow-ups opened from { $from } to { $to }
board-census = every follow-up is counted
board-contacted-in-time = Customers contacted in time
board-contacted-in-time-how = Share of follow-ups with a first contact before its deadline, of those whose deadline has passed.
board-contact-median = Time to reach half of customers
board-contact-median-how = Since the follow-up was opened. Customers still waiting count for the time they have waited so far: without them it would look shorter.
board-contact-p90 = Time to reach 9 customers in 10
board-contact-p90-how = Counted in the same way.
board-close-median = Time to close half of follow-ups
board-close-median-how = Since opening. Follow-ups still open count for the time passed so far.
board-close-p90 = Time to close 9 follow-ups in 10
board-close-p90-how = Counted in the same way.
board-inner-loop = Customers told within 30 days
board-inner-loop-how = Share of customers who were told the outcome within 30 days, of follow-ups opened at least 30 days ago.
board-outer-loop = Follow-ups whose cause is dealt with
board-outer-loop-how = Share of follow-ups whose cause has an improvement planned, in place or measured, of those with a known cause.
board-opened = Follow-ups opened
board-opened-how = Follow-ups opened between the two dates.
board-open = Still open
board-open-how = Right now, whenever they were opened.
board-late = Overdue
board-late-how = Right now, whenever they were opened: past the deadline and the customer not told yet.
board-n = { $n ->
    [0] no follow-up
    [one] of one follow-up
   *[other] of { $n } follow-ups
}
board-few-cases = too few follow-ups for a percentage
board-contacted-in-time-missed = { $n ->
    [one] one too late or not yet
   *[other] { $n } too late or not yet
}
board-inner-loop-missed = { $n ->
    [one] one not told in time
   *[other] { $n } not told in time
}
board-trend = Over time
board-trend-week = { $figure }, by week
board-trend-month = { $figure }, by month
board-trend-week-head = Week of
board-trend-month-head = Month
board-trend-note = The band says what chance alone can do: it is wide where follow-ups are few.
board-trend-note-opened = Each dot opens its follow-ups.
board-trend-summary = { $title }: { $was } ({ $first }), { $is } ({ $last })
board-running = { $n ->
    [one] one still open
   *[other] { $n } still open
}
board-undetermined = too many still open to tell
board-cost = Cost of remedies
board-costly = { $n ->
    [0] no follow-up cost anything
    [one] one follow-up
   *[other] { $n } follow-ups
}
board-by-site = By site
board-by-team = By team
board-by-cause = By cause
board-team = Team
board-few = { $n } of { $of }
board-home-title = Shared figures
board-no-tiles = No figure is pinned. On the dashboard, pin the ones that help you decide.
board-now = right now
board-days = last { $n } days
board-serves = Helps decide: { $decision } ({ $owner } answers for it)
board-unpin = Remove
board-unpinned = Figure removed.
board-pin = Pin
board-pin-title = Pin a figure to the home page
board-pin-help = A figure nobody decides by is decoration: say which decision it helps with, and who answers for it.
board-figure = Figure
board-over = Over how many days
board-decision = Decision it helps with
board-decision-hint = For instance: “Do we need more staff on Saturdays?”
board-owner = Who answers for it
board-choose = Choose
board-pinned = Figure pinned to the home page.
board-error-figure = Choose a figure from the dashboard.
board-error-decision = Say which decision this figure helps with.
board-error-owner = Choose who answers for this figure.
board-error-days = Give a number of days from { $least } to 730.
board-error-most = { $most } figures at most per site, and as many for the whole organisation: remove one first.
board-contacted-in-time-short = In time
board-contacted-in-time-left-out = { $n ->
    [one] one not due yet
   *[other] { $n } not due yet
}
board-contact-median-short = First contact
board-close-median-short = Closing
board-inner-loop-short = Told in 30 days
board-inner-loop-left-out = { $n ->
    [one] one too recent
   *[other] { $n } too recent
}
board-outer-loop-left-out = { $n ->
    [one] one without a known cause
   *[other] { $n } without a known cause
}
board-opened-short = Opened
board-late-short = Overdue
board-cost-short = Cost
board-section-now = Right now
board-section-customers = Over the period
board-section-times = Times and cost
board-how = How these figures are counted
board-without-site = No site
board-without-team = No team
board-without-cause = Cause not known
board-shared = Seen by everybody who follows the same sites.
board-file = dashboard
board-csv-all = All
board-csv-table = Table
board-csv-row = Row
board-csv-n = { $figure }: follow-ups counted
board-csv-rest = { $figure }: follow-ups left out or still open
board-csv-costly = Follow-ups that cost something
event-tile-pinned = Figure pinned
event-tile-removed = Figure removed
