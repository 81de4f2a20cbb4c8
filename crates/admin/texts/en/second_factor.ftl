second-factor-title = Second factor
second-factor-help = After the password, a code of six digits from your phone. Whoever guesses your password still cannot come in.
second-factor-none = You need an authenticator app on your phone: the one of the system, FreeOTP, Aegis or another.
second-factor-owed = Your role asks for a second factor: everything else opens once it is set up.
second-factor-removed-owed = Second factor removed. Your role asks for one: set another up to go on.
second-factor-begin = Begin
second-factor-already = There is a second factor already: remove it first.
second-factor-scan = Add Bocal to your app
second-factor-scan-help = Read this drawing with the app, or type the key below into it. Then enter the code it shows.
second-factor-code = Code
second-factor-code-hint = The six digits your app shows, or a recovery code.
second-factor-confirm = Check and turn on
second-factor-wrong = This code does not fit, or it was used already. Wait for the next one and check the time on your phone.
second-factor-since = Asked at each sign-in since { $since }.
second-factor-codes-left = { $n ->
    [0] You have no recovery code left: make new ones.
    [one] You have one recovery code left.
   *[other] You have { $n } recovery codes left.
}
second-factor-renew = Make new recovery codes
second-factor-remove = Remove the second factor
second-factor-removed = Second factor removed: the password is enough again.
second-factor-removed-for = Second factor removed. This person can set up another from their account.
second-factor-codes = Your recovery codes
second-factor-codes-help = Each stands in once for the code of the phone, if it is lost or off. Print them or keep them with your passwords.
second-factor-codes-once = Bocal shows them here only: just their digests are kept.
second-factor-back = They are safe, back to the account
sign-in-code-title = Your code
sign-in-code-help = The password is right. Now enter the code from your phone.
sign-in-code-lost = Phone lost? Enter a recovery code, or ask whoever administers Bocal to remove your second factor.
sign-in-code-back = Start again
account-second-factor-on = A code from the phone is asked after the password.
account-second-factor-off = The password is enough to come in.
people-second-factor-help = A code from their phone is asked. Remove it if phone and recovery codes are lost, and only once you have recognised the person.
people-second-factor-remove = Remove their second factor
event-colleague-second-factor-added = Second factor set up
event-colleague-second-factor-removed = Second factor removed
event-colleague-recovery-codes-renewed = Recovery codes renewed
event-colleague-recovery-code-used = Recovery code used
