account-help = You sign in as { $email }. To change your address or role, ask an administrator.
account-me = You
account-name = Name
account-title-label = Job title
account-title-label-hint = In a few words, as your colleagues say it.
account-changed = Account saved.
account-password-title = Password
account-password-current = Current password
account-password-submit = Change the password
account-password-changed = Password changed, the other sessions are closed.
account-password-wrong = This is not your current password.
account-no-password = This account has no password: it is somebody of the demonstration.
account-sessions = Where you are signed in
account-sessions-end-others = Close all others
account-sessions-ended = { $n ->
    [0] No other session was open.
    [one] One session closed.
   *[other] { $n } sessions closed.
}
account-session-browser = Browser
account-session-address = Network address
account-session-began = Since
account-session-seen = Last activity
account-session-this = here
account-session-end = Close the session
account-session-ended = Session closed.
account-browser-unknown = Unknown browser
account-language = Language
account-theme = Appearance
account-theme-system = As the system
account-theme-light = Light
account-theme-dark = Dark
account-error-theme = Choose the light, the dark or the system’s appearance.
event-colleague-password-changed = Password changed
