indicator-nav = Indicators
indicator-overview-help = What customers answered over twelve months, and how sure one can be of it.
indicator-overview-empty = No answers in the last twelve months
indicator-overview-empty-help = Figures are made of answers: publish a survey, or import answers collected elsewhere.
indicator-overview-empty-act = Go to surveys
indicator-home-title = Where we stand
indicator-home-empty = No answers in the last twelve months.

indicator-nps = Net recommendation (NPS)
indicator-nps-unit = points
indicator-nps-help = The share of customers who would gladly recommend us, less the share of those who would not. Helps choose which causes to treat first.
indicator-nps-words = The share of those who answer 9 or 10 out of 10, less the share of those who answer 0 to 6.
indicator-nps-formula = 100 × (share of 9–10 − share of 0–6), from −100 to +100
indicator-nps-limits = It is not a satisfaction score. Compare only the same question, asked at the same moment and collected the same way. It sets nobody’s pay.
indicator-nps-low = Detractors, 0 to 6
indicator-nps-middle = Passives
indicator-nps-high = Promoters

indicator-csat = Satisfaction after a contact (CSAT)
indicator-csat-unit = share satisfied
indicator-csat-help = The share of customers satisfied just after a contact. Shows the gap to what they expected, so that it can be closed.
indicator-csat-words = The share of those who answer 4 or 5 out of 5.
indicator-csat-formula = answers 4 and 5 / all answers
indicator-csat-limits = Being satisfied with one contact is not loyalty. Do not follow the curve across a change of question.
indicator-csat-low = Dissatisfied, 1 and 2
indicator-csat-middle = Neutral
indicator-csat-high = Satisfied, 4 and 5

indicator-ces2 = Ease (CES 2.0)
indicator-ces2-unit = mean out of 7
indicator-ces2-help = Do customers find it easy to get what they ask for? Shows which efforts to remove.
indicator-ces2-words = The mean agreement, from 1 to 7, with “the company made it easy for me”. Higher is easier.
indicator-ces2-formula = sum of the scores / number of answers
indicator-ces2-limits = It is about one task, not the whole relationship. Never mix it with the 2010 question, 1 to 5, which runs the other way.
indicator-ces2-low = Hard, 1 to 3
indicator-ces2-middle = Neither
indicator-ces2-high = Easy, 5 to 7

indicator-other-measures = Other indicator
indicator-export = Export
indicator-read-words = Read what they say
indicator-the-figure = The figure and its proof
indicator-interval = { $range }, at 95%
interval-weighted = weighted interval (Kish’s effective size)
indicator-definition-version = version { $version }
indicator-definition-weighted = weighted, version { $version }
indicator-missing = { $n ->
    [one] one question left unanswered
   *[other] { $n } questions left unanswered
}
indicator-points = { $value } points
indicator-change = { $difference } on the period before ({ $period }):
indicator-change-range = { $difference } on the period before ({ $period }), { $range }:
indicator-conclude-rise = we can conclude that it rose.
indicator-conclude-fall = we can conclude that it fell.
indicator-conclude-no-rise = we cannot conclude that it rose.
indicator-conclude-no-fall = we cannot conclude that it fell.
indicator-conclude-few = too few answers to conclude.
indicator-conclude-no-sample = these answers are not a sample, neither a rise nor a fall can be concluded.
indicator-beside-nps = Without weights:
indicator-beside-ces-v2-agree = Share of those who find it easy (5 to 7):
indicator-weights-unused = The answers carry weights; this measure does not use them yet, each answer counts as one.
indicator-floor = Fewer than { $floor } answers: the value is hidden, one could guess who answered.
indicator-floor-note = Groups with fewer than 5 answers are hidden. When that would hide only one, the smallest of the others is hidden too, so that it cannot be worked out from the total.
indicator-nothing-here = No answers here. Others are known: { $days }.
indicator-show-everything = Show the whole period
indicator-too-few = { $n ->
    [one] 1 answer: too few for a figure
   *[other] { $n } answers: too few for a figure
}
indicator-apart-see = See them
indicator-apart-self-selected = { $n ->
    [one] One answer from open participation is not counted here.
   *[other] { $n } answers from open participation are not counted here.
}
indicator-apart-quota = { $n ->
    [one] One answer collected by quotas is not counted here.
   *[other] { $n } answers collected by quotas are not counted here.
}
indicator-apart-probability = { $n ->
    [one] One answer collected by random draw or census is not counted here.
   *[other] { $n } answers collected by random draw or census are not counted here.
}
indicator-apart-unknown = { $n ->
    [one] One answer collected in an unstated way is not counted here.
   *[other] { $n } answers collected in an unstated way are not counted here.
}
indicator-nothing = No answers for this choice.
indicator-nothing-survey = This survey has no answers yet.
indicator-nothing-survey-act = See the survey

indicator-proof-answers = Answers
indicator-proof-rate = Response rate
indicator-proof-method = Method
indicator-proof-definition = Definition
indicator-invited = { $answered } of { $invited } invitations
indicator-population = Population
indicator-period = Period
indicator-collection = Collection
indicator-group-probability = Random draw or census
indicator-group-quota = Quotas
indicator-group-self-selected = Open participation
indicator-group-unknown = Collection not stated

indicator-quarter = Q{ $n } { $year }
indicator-step-week = Week of
indicator-step-month = Month
indicator-step-quarter = Quarter
indicator-trend-week = By week
indicator-trend-month = By month
indicator-trend-quarter = By quarter
indicator-trend-title = { $by }, { $unit }
indicator-trend-summary = { $name }, { $by }: from { $was } ({ $first }) to { $is } ({ $last })
indicator-trend-note = Band: 95% interval. Each point opens its answers.
indicator-trend-note-closed = Band: 95% interval.
indicator-trend-note-plain = No interval: these answers are not a sample.
indicator-trend-cut = Older periods are not drawn; choose a wider step to see them.
indicator-distribution = Score by score
indicator-distribution-summary = Answers by score, from { $low } to { $high }
indicator-bracket = { $class }: { $n }, { $share }
indicator-score-head = Score
indicator-score = { $value } out of { $most }
indicator-unanswered = unanswered
indicator-by-site = By site
indicator-by-channel = By channel
indicator-dotted = dotted line: the whole, { $value }
indicator-drawn = Interval, drawn
indicator-interval-short = Interval
indicator-reading = Reading
indicator-reading-higher = Higher than the rest
indicator-reading-lower = Lower than the rest
indicator-reading-same = no clear difference
indicator-reading-few = Too few answers
indicator-reading-no-sample = nothing can be concluded
indicator-reading-hidden = hidden

indicator-why = Why this score
indicator-why-all = Read all
indicator-quoted = “{ $text }”
indicator-no-words = Nobody left any words in this period.
indicator-no-words-right = Your role sees figures, not single answers. An administrator can give you that right.
indicator-others = Another measure, not to be mixed in
indicator-meaning = What it measures

indicator-filter = Filter
indicator-filter-lead = Answers
indicator-filter-surveys-all = to all surveys
indicator-filter-survey = to “{ $name }”
indicator-filter-sites-all = { $n ->
    [one] from the only site
   *[other] from all { $n } sites
}
indicator-filter-site = from { $name }
indicator-filter-sites = from { $n } sites
indicator-filter-channels-all = collected by any channel
indicator-filter-channel = collected by { $name }
indicator-filter-channels = collected by { $n } channels
indicator-filter-since = since { $day }
indicator-filter-until = until { $day }
indicator-filter-over = over { $period }
indicator-filter-curve = curve { $by }
indicator-filter-collection = collected by: { $name }
indicator-surveys-all = All surveys
indicator-survey = Survey
indicator-sites = Sites
indicator-site = Site
indicator-no-site = No site
indicator-channels = Channels
indicator-channel = Channel
indicator-period-this-month = this month
indicator-period-last-month = last month
indicator-period-quarter = this quarter
indicator-period-last-quarter = last quarter
indicator-period-12-months = the last twelve months
indicator-period-all = all that is known
indicator-period-custom = from one day to another
indicator-from = From
indicator-to = To
indicator-grouping = Step of the curve
indicator-by-week = by week
indicator-by-month = by month
indicator-by-quarter = by quarter
indicator-collection-auto = The surest first
indicator-weights = Weights
indicator-weights-on = with weights
indicator-weights-off = without weights
indicator-apply = Apply
indicator-choice-unknown = There is no such choice. Go back to the page and choose from the list.
indicator-period-reversed = The last day comes before the first. Swap them.

indicator-answers = Answers
indicator-answers-count = { $n ->
    [0] No answers
    [one] One answer
   *[other] { $n } answers, newest first
}
indicator-answers-more = More than { $n } answers, newest first
indicator-answers-none = No answers for this choice
indicator-answers-none-help = The choice may be too narrow, or the answers were just withdrawn.
indicator-back = Back to the indicator
indicator-day = Day
indicator-words = What they say
indicator-no-word = no words
indicator-customer = Customer
indicator-anonymous = anonymous
indicator-sheet = Open the customer record
indicator-newest = Newest
indicator-older = Older
indicator-chosen-score = score { $low }
indicator-chosen-scores = scores { $low } to { $high }

indicator-channel-link = Public link
indicator-channel-qr = QR code
indicator-channel-paper = Paper
indicator-channel-email = E-mail
indicator-channel-sms = SMS
indicator-channel-import = Import
