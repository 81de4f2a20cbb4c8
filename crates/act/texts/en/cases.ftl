case-nav = Follow-ups
case-help = Unhappy customers to call, to put right and to inform.
case-views = Parts of the queue
case-view-mine = Mine
case-view-free = Unassigned
case-view-late = Overdue
case-view-open = All open
case-view-closed = Closed
case-view-all = All
case-by-reference = Reference, customer or word
case-site = Site
case-any-site = all sites
case-site-of-customer = The customer’s
case-site-choose = Choose the site
case-cause = Cause
case-any-cause = all causes
case-any-owner = all owners
case-any-severity = all severities
case-count =
    { $n ->
        [one] open follow-up
       *[other] open follow-ups
    }
case-write-again = Call or write again
case-more-than = more than { $n }
case-and-more = { $n }+
case-cause-unknown = Not found yet
case-cause-none = No cause found
case-cause-correct = Correct the cause
case-no-cause = No cause found
case-no-cause-why = If no cause was found, say why
case-apply = Apply
case-clear = Show all
case-export = Export
case-file-without-names = follow-ups-without-names
case-export-without-names = The export leaves out names and words of customers: your role does not export them.
case-file = follow-ups
case-due = Due
case-case = Follow-up
case-next = Next step
case-owner = Owner
case-nobody = nobody
case-more = More
case-less = Previous
case-total =
    { $n ->
        [0] No follow-up.
        [one] One follow-up.
       *[other] { $n } follow-ups.
    }
case-sort = Sort
case-sort-due = by deadline
case-sort-closed = last closed first
case-sort-latest = newest first
case-sort-oldest = oldest first
case-sorted-due = Sorted by deadline, dangers first.
case-sorted-closed = Sorted from the last closed to the first.
case-sorted-latest = Sorted from newest to oldest.
case-sorted-oldest = Sorted from oldest to newest.
case-opened-between = opened from { $from } to { $to }
case-opened-from = opened since { $from }
case-opened-to = opened until { $to }
case-chosen-one = {"{n}"} follow-up chosen
case-chosen-other = {"{n}"} follow-ups chosen
case-chosen-some = The chosen follow-ups
case-chosen-all = Choose the whole page
case-chosen-row = Choose: { $title }
case-chosen-take = Take them
case-chosen-clear = Choose none
case-chosen-none = Choose some follow-ups first.
case-chosen-taken =
    { $n ->
        [one] One follow-up is yours.
       *[other] { $n } follow-ups are yours.
    } { $left ->
        [0] {""}
        [one] Another one could not be taken.
       *[other] { $left } others could not be taken.
    }
case-chosen-handed =
    { $n ->
        [one] One follow-up handed over.
       *[other] { $n } follow-ups handed over.
    } { $left ->
        [0] {""}
        [one] Another one could not be.
       *[other] { $left } others could not be.
    }
case-chosen-left =
    { $n ->
        [one] This follow-up cannot be taken or handed over that way: somebody may have taken, closed or handed it over meanwhile.
       *[other] None of these { $n } follow-ups can be taken or handed over that way: somebody may have taken, closed or handed them over meanwhile.
    }
case-error-too-many = That is too many at once: choose at most one page of follow-ups.
case-group-late = Overdue
case-group-danger = Health or safety
case-group-today = Today
case-group-tomorrow = Tomorrow
case-group-week = This week
case-group-next-week = Next week
case-group-later = Later
case-group-told = To close
case-none = No follow-ups
case-none-help = An unhappy answer opens one when its author agrees to be contacted. You can also open one from a customer’s record.
case-none-mine = No follow-up is assigned to you
case-none-mine-help =
    { $n ->
        [one] One follow-up waits to be taken.
       *[other] There are { $n } follow-ups to take.
    }
case-see-free = See unassigned follow-ups
case-none-found = No follow-up matches
case-none-found-help = Widen the choice, or look at all follow-ups.
case-somebody = Unknown customer
case-closed-on = Closed on { $day }
case-told-on = Customer told on { $day }
case-open-one = Open a follow-up
case-open-for = Open a follow-up for { $name }
case-open-help = What the customer said, in their own words, then what it is about in yours. The clock starts at once.
case-open-from-sheet = For a customer you know, open the follow-up from their record.
case-open-find = Find a customer
case-open-do = Open the follow-up
case-known = Is it this person?
case-known-for = Open for { $name }
case-known-nobody = It is somebody else
case-open-already = Already open for this customer:
case-opened = Follow-up { $reference } opened.
case-task-open = Open a follow-up
case-cancel = Cancel
case-title = What it is about
case-title-no-words = Unhappy answer without a comment
case-words = What the customer said
case-words-hint = As it was said, uncorrected.
case-said-by = How they said it
case-no-words = The customer left no comment.
case-words-erased = This customer was erased, and their words with them.
case-reach = Where to reach this person
case-reach-hint = A telephone number or an e-mail address, for somebody who is not a known customer.
case-severity = Severity
case-severity-minor = Annoyance
case-severity-major = Real harm
case-severity-critical = Health or safety
case-remedy = Remedy
case-remedy-none = Not decided yet
case-remedy-nothing = None
case-remedy-choose = Choose the remedy
case-remedy-apology = Apology
case-remedy-explanation = Explanation
case-remedy-refund = Refund
case-remedy-voucher = Voucher
case-remedy-replacement = Replacement
case-remedy-repair = Repair of the product
case-cost = Cost of the remedy
case-cost-hint = For instance 12.50. Empty: free.
case-origin = Opened by
case-origin-answer = an answer to a survey
case-origin-hand = a colleague
case-origin-api = a program
case-origin-import = a file
case-refusal = Contact refused
case-about = About it
case-what = The follow-up
case-save = Save
case-saved = Follow-up saved.
case-saved-by = Version saved by { $name }, { $when }
case-draft = What you had typed and not saved was taken up again.
case-draft-forget = Clear it
case-yes = yes
case-no = no
case-nothing = nothing
case-change = { $field }: { $from } → { $to }
case-change-to = { $field }: { $to }
case-score-nps = { $score } out of 10 for recommending
case-score-csat = { $score } out of 5 for satisfaction
case-score-ces2 = { $score } out of 7 for ease
case-see-answer = see the answer
case-is-closed = Closed
case-is-late = Overdue
case-is-soon = Due soon
case-is-danger = Danger
case-is-told = Customer told
case-was-reopened =
    { $n ->
        [one] Reopened
       *[other] Reopened { $n } times
    }
case-carried-by = assigned to { $name }
case-carried-by-you = assigned to you
case-carried-by-nobody = unassigned
case-deadlines = Deadlines
case-phase-contact = for the first contact
case-phase-answer = to put it right and answer
case-phase-over = nothing is due
case-clock-said = { $used } of the time used, due { $due }.
case-nothing-due = Nothing is due now
case-wants-none = Does not want to be contacted
case-nothing-due-none = The customer does not want to be contacted: the follow-up can be closed.
case-nothing-due-help = The customer has been told: the follow-up can be closed.
case-due-on = due { $when }
case-mark-opened = Opened
case-mark-contacted = First contact
case-mark-told = Customer told
case-mark-closed = Closed
case-next-take = Take the follow-up
case-next-contact = Reach the customer
case-next-cause = Find the cause
case-next-tell = Tell the customer what has been done
case-next-close = Close
case-next-keep = Keep the promise
case-next-nothing = Nothing to do
case-take = Take this follow-up
case-taken = This follow-up is yours.
case-close = Close the follow-up
case-close-go = Close…
case-close-title = Close the follow-up
case-close-help = Say what went wrong and what was done for the customer, so that the cause can be worked on.
case-closed = Follow-up closed.
case-reply = Reply
case-up-next = Next follow-up
case-note-attempt = Log a contact
case-promise = Promise to the customer
case-promises = Promised to customers
case-promise-for = Promised for { $day }
case-promise-today = Promised for today
case-promise-late = Promise overdue: it was for { $day }
case-promise-is-today = today
case-promise-was-for = overdue: { $day }
case-promise-keep = Done
case-promise-kept = Promise kept.
case-promised-for = promised for { $day }
case-attempt = Reach the customer
case-outcome = Outcome
case-outcome-reached = Reached
case-outcome-told = Reached and told
case-outcome-not-reached = Not reached
case-outcome-wrong-number = Wrong number
case-outcome-refused = Does not want to be contacted
case-channel = Channel
case-attempt-note = What was said
case-attempt-note-hint = Told: they know what is done for them, the follow-up can be closed. If they do not want to be contacted, note why.
case-attempt-save = Log it
case-attempt-noted = Contact logged.
case-tell = Record that the customer was told another way
case-tell-help = By telephone, at the counter, by letter: what was said, so that the follow-up can be closed.
case-tell-what = What they were told
case-tell-save = The customer was told
case-told = The customer now counts as told.
case-extend = Extend the deadline
case-extend-help = The customer learns the reason. By e-mail it is sent at once; otherwise tell them first.
case-extend-until = Answer by
case-extend-reason = The reason, as the customer is told
case-extend-channel = How they learn it
case-extend-do = Extend
case-extended = Deadline extended, customer informed.
case-hand-over = Hand over to…
case-hand-over-to = To whom
case-hand-over-team = To the team: somebody will take it
case-hand-over-note = What they should know
case-hand-over-do = Hand over
case-handed-over = Follow-up handed over.
case-note = Add a note for colleagues
case-note-text = Note
case-note-save = Add the note
case-noted = Note added.
case-reopen = Reopen the follow-up
case-reopen-reason = Why
case-reopen-do = Reopen
case-reopened = Follow-up reopened: the clock starts again.
case-history = What happened
case-conflict = Somebody saved this follow-up meanwhile
case-conflict-help = You both changed these fields. Keep one version of each: the rest of what you and they typed is kept.
case-theirs = Their version
case-ours = Your version
case-conflict-save = Save these choices
case-step-opened = Follow-up opened
case-step-again = The customer says more
case-step-taken = Follow-up taken
case-step-handed-over = Handed over to { $name }
case-step-handed-back = Given back to the team
case-step-noted = Note
case-step-changed = Follow-up changed
case-step-replied = Letter sent
case-step-not-delivered = The letter did not arrive
case-step-told = Customer told
case-step-extended = Deadline extended to { $when }
case-step-alerted = { $percent }% of the time used
case-step-closed = Follow-up closed
case-step-reopened = Follow-up reopened
case-step-owner-left = { $name } no longer works here: given back to the team
case-step-danger = Danger: managers are warned
case-step-left = Letter left
case-step-kept = Promise for { $day } kept
case-step-taken-back = Contact taken back: noted by mistake
case-step-rescheduled = The calendar changed: now due { $when }
case-step-imported = Follow-up imported
case-take-back = Take this contact back, noted by mistake
case-taken-back = Contact taken back: the follow-up is as it was.
case-of-customer = Their other follow-ups
case-error-taken-back = This contact can no longer be taken back: something followed it. Add a note.
case-home-title = To do: your follow-ups
case-home-news = Since yesterday
case-home-none = No open follow-ups. Everybody has been called back.
case-home-not-mine = None is assigned to you: here are the most urgent.
case-home-all = Go to the queue
case-home-free =
    { $n ->
        [0] none to take
        [one] one to take
       *[other] { $n } to take
    }
case-home-late =
    { $n ->
        [one] one overdue
       *[other] { $n } overdue
    }
case-news-opened = Follow-ups opened
case-news-told = Customers told
case-news-closed = Follow-ups closed
case-news-late = Overdue now
case-sheet-title = Follow-ups
case-sheet-none = No follow-ups.
case-standing-in-time = first contact in time
case-standing-too-late = first contact late
case-standing-contacted = contacted
case-standing-closed = closed
case-standing-contact-due = first contact due
case-standing-month-old = opened 30 days ago or more
case-standing-untold = not told within 30 days
case-standing-caused = with a cause
case-standing-costly = with a cost
case-handed-subject = Handed over to you: { $reference }, { $name }
case-handed-by = { $name } handed this follow-up over to you.
case-handed-note = Good to know: { $note }
case-handed-due = Due { $due }.
case-handed-several-subject = { $n } follow-ups were handed over to you
case-handed-several = { $name } handed { $n } follow-ups over to you:
case-news-handed = Handed over to you
case-alert-half-subject = Half the time is used: { $reference }, { $name }
case-alert-soon-subject = Due soon: { $reference }, { $name }
case-alert-late-subject = Overdue: { $reference }, { $name }
case-alert-danger-subject = Health or safety: { $reference }, { $name }
case-alert-half = Half of the time is used: this follow-up is due { $due }.
case-alert-soon = This follow-up is due soon: { $due }.
case-alert-late = This follow-up is overdue: it was due on { $due }.
case-alert-danger = Somebody’s health or safety is at stake: this follow-up comes before everything else. First contact or answer due by { $due }.
case-alert-who = Customer: { $name }
case-alert-open = Open the follow-up
case-rules-title = Rules for follow-ups
case-rules-usual = These are the usual values; nobody has changed them.
case-rules-since = Decided by { $name }, { $when }. A running deadline keeps its rules; the next one, after the first contact, takes these.
case-rules-time = Time allowed
case-rules-contact = Hours to the first contact
case-rules-contact-hint = Usually 24 to 48 hours.
case-rules-answer = Hours to the answer
case-rules-answer-hint = To put it right and tell the customer. 240 hours are ten working days.
case-rules-counting = How to count
case-rules-danger = Health or safety
case-rules-danger-help = These follow-ups come before all others: managers are warned by e-mail as soon as one opens, and time is always counted in opening hours.
case-rules-danger-contact = Opening hours to the first contact
case-rules-danger-contact-hint = Usually 4 hours.
case-rules-danger-answer = Opening hours to the answer
case-rules-danger-answer-hint = 16 hours are about two days.
case-rules-extending = Extensions
case-rules-extensions = Extensions at most
case-rules-extensions-hint = 0: deadlines are not extended. Only the owner and managers may extend.
case-rules-extended = Extended time, at most so many times the time to the answer
case-rules-extended-hint = 2: an answer due within ten days may take twenty.
case-rules-mail = Warnings by e-mail
case-rules-mail-half = At half the time, to the owner
case-rules-mail-soon = At 80% of the time, to the owner
case-rules-mail-late = When it is due, to the owner and to managers
case-rules-open = What opens a follow-up
case-rules-nps = Recommendation, from 0 to this score
case-rules-nps-hint = 6: detractors. −1: none.
case-rules-csat = Satisfaction, from 1 to this score
case-rules-csat-hint = Out of 5. 0: none.
case-rules-ces2 = Ease, from 1 to this score
case-rules-ces2-hint = Out of 7, 7 being very easy. 0: none.
case-rules-saved = Rules saved.
case-rules-error-number = Give a whole number from { $from } to { $to }.
case-rules-error-order = The answer comes after the first contact: give at least as many hours.
case-error-origin = Unknown origin.
case-error-severity = Choose the severity.
case-error-severity-api = The severity is minor, major or critical.
case-error-remedy = Choose the remedy.
case-error-remedy-api = The remedy is none, apology, explanation, refund, voucher, replacement or repair.
case-error-outcome = Say whether the customer was reached.
case-error-outcome-api = The outcome is reached, not_reached, wrong_number or refused.
case-error-phase = Unknown phase.
case-error-standing = There is no such standing. Choose among { $names }.
case-no-clock = nothing due
case-error-view = There is no such part of the queue.
case-error-view-api = view is open, free, late, closed or all.
case-error-channel = Choose the channel.
case-error-channel-api = The channel is phone, mail, counter, letter or visit.
case-error-title-control = The title is one line: take the line breaks out.
case-error-title = Say in a few words what it is about.
case-error-long = This is too long: { $most } characters at most.
case-error-who = Say which customer this is about, or where to reach this person.
case-error-reach = Give a telephone number or an e-mail address.
case-error-known = A known customer is reached that way: choose them below, or say that it is somebody else.
case-error-said-by = Say how the customer said it.
case-error-said-by-api = channel is phone, counter, mail, letter, visit or web.
case-error-site-missing = Say which site this is about.
case-error-customer = This customer does not exist, or is not within your reach.
case-error-cause = This cause does not exist.
case-error-site = This site does not exist, or is not within your reach.
case-error-team = This team does not exist.
case-error-cost = This amount cannot be read: write for instance 12.50.
case-error-closed = This follow-up is closed. Reopen it to work on it; only its cause can still be corrected.
case-error-closed-but-cause = This follow-up is closed: only its cause can be corrected. Reopen it to change the rest.
case-error-closing-cause = Choose the cause, or say why none was found.
case-error-closing-both = A cause is chosen: leave this field empty, or take the cause away.
case-error-closing-remedy = Say what was done for the customer, or “None”.
case-error-closing-remedy-api = Give remedy: none, apology, explanation, refund, voucher, replacement or repair.
case-error-no-promise = No promise is waiting on this follow-up.
case-error-open = This follow-up is open already.
case-error-untold = A follow-up can be closed once the customer has been told, or has refused contact.
case-error-not-a-person = Only a colleague can own a follow-up: assign it to somebody.
case-error-taken = { $name } has already taken this follow-up.
case-error-colleague = This person cannot own this follow-up.
case-error-same-owner = This person already owns it.
case-error-ground = Note why the customer does not want to be contacted.
case-error-note = The note is empty.
case-error-told = Note what the customer was told.
case-error-until = Choose a working day after the present deadline.
case-error-too-far = This is too far away: { $day } at the latest. The rules for follow-ups set this limit.
case-error-extend-who = The deadline can be extended by the owner of the follow-up, or by a manager.
case-error-extended-enough =
    { $most ->
        [0] Deadlines are not extended: the rules for follow-ups say so.
        [one] The deadline has already been extended once, which is the limit.
       *[other] The deadline has already been extended { $most } times, which is the limit.
    }
case-error-reason = Give the reason, as the customer is told.
case-error-nothing-due = Nothing is due on this follow-up: there is no deadline to extend.
case-error-reopen = Say why the follow-up is reopened.
case-csv-reference = Reference
case-csv-customer = Customer
case-csv-number = Customer number
case-csv-team = Team
case-csv-measure = Measure
case-csv-score = Score
case-csv-opened = Opened
case-csv-contact-due = First contact due
case-csv-contacted = First contact
case-csv-told = Customer told
case-csv-closed = Closed
case-csv-due = Running deadline
case-csv-kept-back = { $column } (left out: your role does not export customers)
case-csv-currency = Currency
case-csv-reopened = Times reopened
event-case-opened = Follow-up opened
event-case-said-again = Customer says more
event-case-taken = Follow-up taken
event-case-handed-over = Follow-up handed over
event-case-owner-left = Follow-up given back: colleague left
event-case-danger = Danger reported
event-case-left = Letter left
event-case-promise-kept = Promise kept
event-case-attempted = Attempt to reach the customer
event-case-noted = Note on a follow-up
event-case-changed = Follow-up changed
event-case-replied = Letter sent
event-case-not-delivered = Letter not delivered
event-case-told = Customer told
event-case-taken-back = Contact taken back
event-case-extended = Deadline extended
event-case-alerted = Deadline warning
event-case-escalated = Deadline passed
event-case-closed = Follow-up closed
event-case-reopened = Follow-up reopened
event-case-rules-decided = Rules of follow-ups decided
job-act-alerts = Watching deadlines
job-act-danger = Warning of a danger
job-act-clocks = Working deadlines out again
case-of-erased = Erased customer
case-erased = The customer was erased: nobody is left to be told.
