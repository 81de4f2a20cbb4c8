improvement-nav = Improvements
improvement-help = What is being changed so that a cause disappoints nobody again, and whether it works.
improvement-new = New improvement
improvement-none = No improvements
improvement-none-help = Begin with the cause that weighs most: it shows the follow-ups concerned.
improvement-title = What is being done
improvement-title-hint = Start with a verb: “Open a second till on Saturdays”.
improvement-state = State
improvement-next = Next date
improvement-effect = Effect
improvement-state-planned = Planned
improvement-state-in-place = In place
improvement-state-judged = Measured
improvement-state-abandoned = Dropped
improvement-due-start = due in place on { $day }
improvement-due-start-since = should have been in place since { $day }
improvement-due-remeasure = to be measured on { $day }
improvement-due-remeasure-since = should have been measured on { $day }
improvement-effect-better = Proven improvement
improvement-effect-worse = Proven decline
improvement-effect-no-difference = No proven effect
improvement-effect-too-few = Too few answers to tell
improvement-effect-not-a-sample = Answers not representative: no conclusion
improvement-home-title = Improvements to move forward
improvement-nothing-due = Nothing to put in place or measure today.
improvement-form-help = Who, when, at what cost, what it should change, and when you will check: without dates it is only an intention.
improvement-stale = Somebody else saved this improvement in the meantime. Check what you typed, then save again.
improvement-description = Details
improvement-cause = Cause it removes
improvement-no-cause = None in particular
improvement-site = Where
improvement-everywhere = Everywhere
improvement-owner = Who is in charge
improvement-cost = Cost
improvement-measure = Indicator it should improve
improvement-survey = In which survey
improvement-any-survey = All of them
improvement-expected = Expected effect
improvement-expected-hint = In points for recommendation, in percentage points for satisfaction, in points on the scale for ease.
improvement-due = In place by
improvement-remeasure = Measured again on
improvement-remeasure-hint = No verdict can be given before then.
improvement-said = You said
improvement-said-hint = As the customers concerned will read it.
improvement-did = We did
improvement-save = Save
improvement-created = Improvement saved.
improvement-saved = Improvement saved.
improvement-since = In place since
improvement-start = It is in place
improvement-started = Noted as in place.
improvement-judge = Measure again
improvement-judge-do = Give the verdict
improvement-was-judged = Verdict given and kept.
improvement-before-after = Before, after
improvement-not-final = Progress so far: the verdict is due on { $day }.
improvement-side = Period
improvement-period = Days
improvement-value = Value
improvement-interval = 95% margin
improvement-answers = Answers
improvement-before = Before
improvement-after = After
improvement-days = { $from } to { $to }
improvement-no-answers = no answers
improvement-n = { $n ->
    [0] none
    [one] one answer
   *[other] { $n } answers
}
improvement-between = { $low } to { $high }
improvement-difference = Difference, in points: { $difference }
improvement-range = (95% margin: { $range })
improvement-definition = Definition { $definition }, over as many days before as after.
improvement-no-comparison = The comparison starts once it is in place.
improvement-comparison-whole = It applies to the whole organisation: its figures are shown only to people who see every site.
improvement-lesson = What we learnt:
improvement-lesson-field = What we learnt
improvement-notice = You said, we did
improvement-unsaid-yet = Write what customers said and what you did, so that you can tell them.
improvement-words = Write what customers will read
improvement-cases = { $n ->
    [0] no follow-up concerned
    [one] one follow-up concerned
   *[other] { $n } follow-ups concerned
}
improvement-was-told = written to on { $day }: { $mails }
improvement-was-told-none = nobody to tell on { $day }
improvement-tell = Tell the customers concerned
improvement-told = { $n ->
    [0] Nobody to tell.
    [one] One e-mail is on its way to the customer concerned.
   *[other] { $n } e-mails are on their way to the customers concerned.
}
improvement-plan = The plan
improvement-edit = Change
improvement-expects-nps = { $n } points more: { $measure }
improvement-expects-csat = { $n } points more: { $measure }
improvement-expects-ces2 = +{ $n } on the scale: { $measure }
improvement-abandon = Drop it
improvement-abandon-why = Why
improvement-abandon-do = Drop it
improvement-was-abandoned = Improvement dropped, reason kept.
improvement-mail-subject = { $organisation }: you told us, here is what we changed
improvement-mail-hello = Hello,
improvement-mail-said = You told us about a problem. In a few words, this is what we heard:
improvement-mail-did = This is what we have done about it:
improvement-mail-why = You are receiving this message, once only, because you told us about this problem.
improvement-error-state = There is no such state.
improvement-error-title = Say in a few words what is done.
improvement-error-owner = Choose who is in charge.
improvement-error-measure = Choose the indicator it should improve.
improvement-error-measure-api = measure is nps, csat or ces2.
improvement-error-expected = Give the expected effect: above zero, { $most } at most, which is the whole range of this measure.
improvement-error-due = Give the day by which it should be in place.
improvement-error-remeasure = Give the day it is measured again, after it is in place.
improvement-error-case = There is no such follow-up, or not within your reach.
improvement-error-survey = There is no such survey.
improvement-error-over = This improvement is over: it no longer changes.
improvement-error-fixed = It is in place: indicator, survey and place can no longer change, or the verdict would choose its own proof.
improvement-error-fixed-expected = It is in place: the expected effect can no longer change.
improvement-error-earlier = It is in place: the day it is measured again can only be put off.
improvement-error-in-place = It is in place already.
improvement-error-since = Give a day, YYYY-MM-DD.
improvement-error-not-in-place = It is not in place yet: there is nothing to measure.
improvement-error-too-soon = The day to measure again has not come yet: a verdict is not given when it suits.
improvement-error-no-comparison = Nothing to compare: the day it is measured again comes before it was in place. Give a later day in the plan, then measure on that day.
improvement-error-lesson = Write what was learnt, even if nothing changed.
improvement-error-reason = Say why it is being dropped.
improvement-error-nothing-done = Nothing is in place yet: there is nothing to tell customers.
improvement-error-unsaid = Write “You said” and “We did” first.
improvement-error-told = Customers were told already: these words no longer change.
ranking-nav = Priorities
ranking-help = Causes of follow-ups, from the heaviest to the lightest: frequency, severity and importance.
ranking-from = Opened from
ranking-to = to
ranking-cases = Follow-ups
ranking-severity = Mean severity
ranking-importance = Importance
ranking-weight = Weight
ranking-cost = Remedies
ranking-action = Action
ranking-no-cause = Cause not found yet
ranking-people = { $n ->
    [one] one person
   *[other] { $n } people
}
ranking-vocal = few voices
ranking-vocal-help = Few people opened most of these follow-ups.
ranking-below = { $n } follow-ups with the causes below
ranking-under-way = Under way
ranking-improve = Improve
ranking-none = No follow-ups in this period
ranking-none-help = Widen the period, or choose all sites.
ranking-formula = Weight = number of follow-ups × mean severity (1 annoyance, 2 harm, 4 danger) × importance (1 to 5). It is a usual order, not a measure.
improvement-was-told-whole = customers told on { $day }
improvement-mail-thanks = Thank you for telling us: this is how we get better.
improvement-notice-title = Tell customers what changed
improvement-notice-help = Read it before you send it: once it has left, the letter cannot be taken back. Each customer gets it once.
improvement-letter-fr = { $n ->
    [0] The letter in French
    [one] The letter in French: one customer
   *[other] The letter in French: { $n } customers
}
improvement-letter-en = { $n ->
    [0] The letter in English
    [one] The letter in English: one customer
   *[other] The letter in English: { $n } customers
}
improvement-will-be-told = { $n ->
    [0] Nobody to tell
    [one] One customer will be told
   *[other] { $n } customers will be told
}
improvement-nobody = No follow-up within your reach is tied to this improvement: nobody waits to hear of it.
improvement-left-out = Nothing is sent to:
improvement-left-out-already = { $n ->
    [one] one customer told already
   *[other] { $n } customers told already
}
improvement-left-out-refused = { $n ->
    [one] one customer who asked not to be contacted
   *[other] { $n } customers who asked not to be contacted
}
improvement-left-out-withdrawn = { $n ->
    [one] one customer who withdrew their consent
   *[other] { $n } customers who withdrew their consent
}
improvement-left-out-no-address = { $n ->
    [one] one customer without a usable e-mail address
   *[other] { $n } customers without a usable e-mail address
}
improvement-left-out-bounced = { $n ->
    [one] one customer whose address no longer works
   *[other] { $n } customers whose address no longer works
}
improvement-left-out-unknown = { $n ->
    [one] one follow-up without a customer record
   *[other] { $n } follow-ups without a customer record
}
improvement-tell-do = { $n ->
    [one] Send the e-mail
   *[other] Send the { $n } e-mails
}
improvement-back = Back
improvement-file = improvements
improvement-csv-before-from = Before, from
improvement-csv-before-to = Before, to
improvement-csv-before = Before, value
improvement-csv-before-n = Before, answers
improvement-csv-after-from = After, from
improvement-csv-after-to = After, to
improvement-csv-after = After, value
improvement-csv-after-n = After, answers
improvement-csv-difference = Difference
improvement-csv-low = Difference, lower bound at 95%
improvement-csv-high = Difference, upper bound at 95%
improvement-csv-currency = Currency
improvement-csv-told = Customers told
improvement-csv-lesson = What we learnt
improvement-error-due-past = This day has passed: give a day to come for putting it in place.
improvement-error-remeasure-past = This day has passed: give a day to come for measuring again.
improvement-error-since-future = This day has not come yet: give today or a day in the past.
improvement-error-since-remeasure = This is not before the day it is measured again: put that off in the plan first.
improvement-error-audience = The number of customers to tell has changed since the preview: check it, then confirm again.
improvement-error-words-changed = This improvement was changed since the preview: read it again, then confirm.
period-error-day = Give a day, YYYY-MM-DD.
period-error-order = The period ends before it begins: the first day comes after the last.
ranking-export = Export
ranking-file = priorities
ranking-csv-people = People
ranking-csv-share = Share of follow-ups
ranking-csv-cost = Cost ({ $currency })
mail-kind-improvement-told = You said, we did
event-improvement-created = Improvement decided
event-improvement-changed = Improvement changed
event-improvement-in-place = Improvement in place
event-improvement-judged = Verdict given
event-improvement-worded = “You said, we did” changed
event-improvement-abandoned = Improvement dropped
event-improvement-told = Customers told of an improvement
improvement-said-other = “You said”, in the other language
improvement-said-other-hint = Optional. Without it, everybody gets the letter in the language of the organisation.
improvement-did-other = “We did”, in the other language
improvement-error-half = Write both texts in the other language, or neither.
improvement-due-more = { $n ->
    [one] one more is waiting
   *[other] { $n } more are waiting
}
improvement-mails-left = { $n ->
    [one] one e-mail left
   *[other] { $n } e-mails left
}
improvement-mails-waiting = { $n ->
    [one] one not left yet
   *[other] { $n } not left yet
}
improvement-mails-failed = { $n ->
    [one] one not delivered
   *[other] { $n } not delivered
}
improvement-mails-doubtful = { $n ->
    [one] one may not have left
   *[other] { $n } may not have left
}
improvement-attained-reached = expected effect reached
improvement-attained-not-reached = expected effect not reached
improvement-attained-cannot-tell = expected effect: cannot tell
improvement-attained-reached-said = The expected effect ({ $expected }) was reached: even at the low end of the margin, the difference is at least that much.
improvement-attained-not-reached-said = The expected effect ({ $expected }) was not reached: even at the high end of the margin, the difference falls short of it.
improvement-attained-cannot-tell-said = We cannot tell whether the expected effect ({ $expected }) was reached: the margin leaves both possible.
improvement-attained-no-margin-said = We cannot tell whether the expected effect ({ $expected }) was reached: without a margin, there is nothing to compare it with.
improvement-attained-word = In a word: { $said }.
improvement-csv-attained = Expected effect reached
improvement-csv-waiting = E-mails not left yet
improvement-csv-failed = E-mails not delivered
improvement-csv-doubtful = E-mails that may not have left
