board-nav = Loop
board-help = Are unhappy customers called back in time and told, and are causes removed? A figure opens the follow-ups it counts, where the list can show those and no others.
board-figures = Figures of the loop
board-period = Follow-ups opened from { $from } to { $to }
board-census = all follow-ups are counted, without a sample
board-contacted-in-time = First contacts in time
board-contacted-in-time-how = Of follow-ups whose first contact has fallen due.
board-contact-median = First contact: median time
board-contact-median-how = Since opening; follow-ups not contacted yet count for the time passed so far (Kaplan-Meier).
board-contact-p90 = First contact: 9 in 10 within
board-contact-p90-how = 90th percentile; follow-ups not contacted yet count for the time passed so far (Kaplan-Meier).
board-close-median = Closing: median time
board-close-median-how = Since opening; follow-ups still open count for the time passed so far (Kaplan-Meier).
board-close-p90 = Closing: 9 in 10 within
board-close-p90-how = 90th percentile; follow-ups still open count for the time passed so far (Kaplan-Meier).
board-inner-loop = Inner loop closed
board-inner-loop-how = Customers told within 30 days, of follow-ups opened at least 30 days ago.
board-outer-loop = Outer loop begun
board-outer-loop-how = Follow-ups whose cause has an improvement.
board-opened = Follow-ups opened
board-opened-how = Within the period.
board-open = Still open
board-open-how = At this moment, whenever they were opened.
board-late = Overdue
board-late-how = At this moment, whenever they were opened: past the deadline, customer not told yet.
board-n = { $n ->
    [0] no follow-up
    [one] of one follow-up
   *[other] of { $n } follow-ups
}
board-left-out = { $n ->
    [one] one not counted yet
   *[other] { $n } not counted yet
}
board-running = { $n ->
    [one] one still running
   *[other] { $n } still running
}
board-undetermined = too many follow-ups still running to tell
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
board-none = none
board-home-title = Your figures
board-no-tiles = No figure is pinned. From “Steer”, pin those that serve a decision.
board-now = at this moment
board-days = last { $n } days
board-serves = Serves to decide: { $decision } ({ $owner })
board-unpin = Remove
board-unpinned = Figure removed.
board-pin = Pin
board-pin-title = Pin a figure to the home page
board-pin-help = A figure without a decision is decoration: say what it serves to decide, and who answers for it.
board-figure = Figure
board-over = Over how many days
board-decision = Decision it serves
board-decision-hint = For instance: “Should Saturday’s team be strengthened?”
board-owner = Who answers for it
board-choose = Choose
board-pinned = Figure pinned to the home page.
board-error-figure = Choose a figure of the board.
board-error-decision = Say which decision this figure serves.
board-error-owner = Choose who answers for this figure.
board-error-days = Give a number of days from { $least } to 730.
board-error-day = Give a day, YYYY-MM-DD.
board-error-most = { $most } figures at most per site, and as many for the whole: remove one first.
event-tile-pinned = Figure pinned
event-tile-removed = Figure removed
