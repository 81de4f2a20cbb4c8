improvement-nav = Improvements
improvement-help = What changes so that a cause lets nobody down again, and what measuring says of it.
improvement-new = New improvement
improvement-none = No improvements
improvement-none-help = Begin with the cause that weighs most: it shows the follow-ups concerned.
improvement-title = What is done
improvement-title-hint = Begin with a verb: “Open a second till on Saturdays”.
improvement-state = State
improvement-next = Next date
improvement-effect = Effect
improvement-state-planned = Planned
improvement-state-in-place = In place
improvement-state-judged = Measured
improvement-state-abandoned = Abandoned
improvement-due-start = in place on { $day }
improvement-due-start-since = to put in place since { $day }
improvement-due-remeasure = to measure on { $day }
improvement-due-remeasure-since = to measure since { $day }
improvement-effect-better = Better, beyond chance
improvement-effect-worse = Worse, beyond chance
improvement-effect-no-difference = No difference shown
improvement-effect-too-few = Too few answers to conclude
improvement-effect-not-a-sample = No conclusion: the answers are no sample
improvement-home-title = Improvements to move on
improvement-nothing-due = Nothing to put in place or measure today.
improvement-form-help = Who, when, how much, which effect is expected, and when that is checked: without these dates it is only an intention.
improvement-stale = Somebody saved this improvement meanwhile. Check what you typed, then save again.
improvement-description = Details
improvement-cause = Cause it removes
improvement-no-cause = None in particular
improvement-site = Where
improvement-everywhere = Everywhere
improvement-owner = Who sees to it
improvement-cost = Cost
improvement-measure = Figure it should move
improvement-survey = In which survey
improvement-any-survey = All of them
improvement-expected = Expected effect
improvement-expected-hint = In points for recommendation, in percentage points for satisfaction, in points of the scale for ease.
improvement-due = In place by
improvement-remeasure = Measured again on
improvement-remeasure-hint = No verdict can be given before.
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
improvement-not-final = This is where it stands: the verdict is given on { $day }.
improvement-side = Period
improvement-period = Days
improvement-value = Value
improvement-interval = 95% interval
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
improvement-range = (95% interval: { $range })
improvement-definition = Definition { $definition }. As many days before as after.
improvement-no-comparison = The comparison begins once it is in place.
improvement-comparison-whole = It concerns every site: its comparison is shown only to people who see the whole organisation.
improvement-lesson = What was learnt:
improvement-lesson-field = What was learnt
improvement-notice = You said, we did
improvement-unsaid-yet = Write what customers said and what you did, so that they can be told.
improvement-words = Write what customers will read
improvement-cases = { $n ->
    [0] no follow-up concerned
    [one] one follow-up concerned
   *[other] { $n } follow-ups concerned
}
improvement-was-told = { $n ->
    [0] nobody to tell on { $day }
    [one] one customer told on { $day }
   *[other] { $n } customers told on { $day }
}
improvement-tell = Tell the customers concerned
improvement-told = { $n ->
    [0] Nobody new to tell.
    [one] One e-mail leaves for the customer concerned.
   *[other] { $n } e-mails leave for the customers concerned.
}
improvement-plan = The plan
improvement-edit = Change
improvement-expects-nps = { $n } points more: { $measure }
improvement-expects-csat = { $n } points more: { $measure }
improvement-expects-ces2 = +{ $n } on the scale: { $measure }
improvement-abandon = Give it up
improvement-abandon-why = Why
improvement-abandon-do = Give it up
improvement-was-abandoned = Improvement given up, reason kept.
improvement-mail-subject = { $organisation }: you said, we did
improvement-mail-said = You, or other customers, told us:
improvement-mail-did = This is what we did:
improvement-mail-why = You receive this message because you told us about this.
improvement-error-state = There is no such state.
improvement-error-title = Say in a few words what is done.
improvement-error-owner = Choose who sees to it.
improvement-error-measure = Choose the figure it should move.
improvement-error-measure-api = measure is nps, csat or ces2.
improvement-error-expected = Give the expected effect, above zero and up to 100.
improvement-error-due = Give the day by which it should be in place.
improvement-error-remeasure = Give the day it is measured again, after it is in place.
improvement-error-case = There is no such follow-up, or not within your reach.
improvement-error-survey = There is no such survey.
improvement-error-over = This improvement is over: it no longer changes.
improvement-error-fixed = It is in place: figure, survey and place no longer change, or the verdict would choose its proof.
improvement-error-fixed-expected = It is in place: the expected effect no longer changes.
improvement-error-earlier = It is in place: the day it is measured again can only move later.
improvement-error-in-place = It is in place already.
improvement-error-since = Give a past day, before the one it is measured again.
improvement-error-not-in-place = It is not in place yet: there is nothing to measure.
improvement-error-too-soon = The day to measure again has not come: a verdict is not given when it suits.
improvement-error-no-comparison = Nothing to compare: the day it is measured again comes before it was in place. Give a later day in the plan, then measure on that day.
improvement-error-lesson = Write what was learnt, even if nothing changed.
improvement-error-reason = Say why it is given up.
improvement-error-nothing-done = Nothing is in place yet: there is nothing to tell customers.
improvement-error-unsaid = Write “You said” and “We did” first.
improvement-error-told = Customers were told already: these words no longer change.
improvement-error-day = Give a day, YYYY-MM-DD.
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
mail-kind-improvement-told = You said, we did
event-improvement-created = Improvement decided
event-improvement-changed = Improvement changed
event-improvement-in-place = Improvement in place
event-improvement-judged = Verdict given
event-improvement-worded = “You said, we did” changed
event-improvement-abandoned = Improvement given up
event-improvement-told = Customers told of an improvement
