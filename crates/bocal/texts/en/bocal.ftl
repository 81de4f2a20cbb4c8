demo-making = The demonstration is being made: eighteen months of an imaginary cooperative…
demo-ready = The demonstration is ready. Choose a person and come in with one click: { $address }
demo-visitor = To answer in the place of a customer invited yesterday:
demo-afresh-server = On a PostgreSQL server, empty the schema yourself: nothing is removed there from here.
demo-afresh-other = { $file } is no demonstration: nothing was removed.
demo-source-card = Member card request
demo-source-refusal = At their request
demo-survey-relation = Relationship, each quarter
demo-survey-contact = After a contact
demo-survey-effort = After a request
demo-survey-code = Printed code, in the shop
demo-title-director = Director
demo-title-manager = Customer relations
demo-title-manager-site = Manager, { $site }
demo-title-marketer = Marketing and loyalty
demo-title-analyst = Research
demo-title-admin = Computing
demo-title-adviser = Advice, all sites
demo-title-adviser-site = Advice, { $site }
cli-none-named = “{ $typed }” is not among the { $what }: { $known }.
cli-several-named = Several are called “{ $typed }”: give the identifier instead, one of { $ids }.
cli-what-owner = colleagues
cli-what-site = sites
cli-what-team = teams
cli-cases-none = No follow-up is found by this.
cli-cases-count =
    { $n ->
        [one] One follow-up.
       *[other] { $n } follow-ups.
    }
cli-cases-more = More follow-ups come after these { $n }. To go on: --cursor { $cursor }
cli-case-unknown = No follow-up has the reference { $reference }. “bocal case list --search WORDS” finds one by customer or title.
cli-customer-unknown = No customer has the number or identifier “{ $typed }”. “bocal export customers” lists their numbers.
cli-board-figure = Figure
cli-board-value = Value
cli-board-of = Follow-ups
cli-board-rest = Left out or still open
cli-board-period = Follow-ups opened from { $from } to { $to }, { $population }
cli-output-lost = Standard output did not take everything: { $why }
bench-cannot-write = { $name } cannot be written: { $why }
