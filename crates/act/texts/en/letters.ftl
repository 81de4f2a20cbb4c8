letter-title = Reply by e-mail
letter-to = to { $address }
letter-subject-label = Subject
letter-body-label = Your letter
letter-subject = About what you told us: { $title }
letter-hello = Dear { $name },
letter-begin =
    Dear { $name },


    { $author }
letter-must-hold = What the letter must hold
letter-facts = The facts, acknowledged
letter-facts-how = Say what happened to them: “You waited…”
letter-feeling = What the customer felt
letter-feeling-how = Say that you understand, or apologise.
letter-cause = The cause, explained
letter-cause-how = “This happened because…”
letter-change = What changes
letter-change-how = “From now on…”
letter-next = The next step, with a date
letter-next-how = “I will call you on Thursday 26 November.”
letter-vouch = It is said in other words
letter-vouched = said in other words: { $elements }
letter-keep = Keep the draft
letter-kept = Draft kept.
letter-kept-at = Draft kept at { $time }.
letter-send = Send the letter
letter-leaving = The letter is leaving. The customer counts as told once the mail server took it.
letter-on-its-way = A letter is on its way. The follow-up can be closed once it has left.
letter-no-address = No e-mail address is known: write or call, then note what was said.
letter-add-address = Add an address
letter-other-draft = { $name } is writing a letter for this follow-up too (last draft: { $time }). Talk before you send.
letter-error-subject = Give the letter a subject.
letter-error-body = The letter is empty.
letter-error-address = No e-mail address is known for this person.
letter-error-facts = The facts are missing: acknowledge what happened, or tick “It is said in other words”.
letter-error-feeling = What the customer felt is missing, or tick “It is said in other words”.
letter-error-cause = The cause is missing, or tick “It is said in other words”.
letter-error-change = What changes is missing, or tick “It is said in other words”.
letter-error-next = The next step with a date is missing, or tick “It is said in other words”.
letter-extension-subject = Your request takes longer: { $title }
letter-extension-until = We will answer you by { $day } at the latest.
mail-kind-case-reply = Reply to a customer
mail-kind-case-extension = Deadline extended
mail-kind-case-alert = Deadline warning
