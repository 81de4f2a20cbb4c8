admin-save = Save
admin-add = Add
admin-cancel = Cancel
admin-find = Search
admin-clear = Show all
admin-state = State
admin-actions = Actions
admin-copy = Copy
admin-copied = Copied
admin-yes = yes
admin-no = no
admin-newest = Newest
admin-older = Older
admin-error-required =
    { $field ->
        [organisation] Give the name of the organisation.
        [person] Give your name.
       *[other] This field is needed.
    }
admin-error-too-long = { $most } characters at most.
admin-error-email = This is not an e-mail address. Write for instance lise.armel@example.org.
admin-language-fr = Français
admin-language-en = English
admin-currency-EUR = Euro (EUR)
admin-currency-CAD = Canadian dollar (CAD)
admin-currency-CHF = Swiss franc (CHF)
admin-currency-USD = US dollar (USD)
job-admin-sweep = Daily clean-up
job-admin-seal = Sealing of the ledger
