# Public page: no longer being asked.
unsubscribe-ask = Stop receiving these messages?
unsubscribe-ask-detail = { $organisation } will no longer ask for your opinion. Press the button to confirm.
unsubscribe-button = Do not ask me any more
unsubscribe-done = Noted
unsubscribe-done-detail = { $organisation } will no longer ask for your opinion.
unsubscribe-unknown = This link leads nowhere
unsubscribe-unknown-detail = It is incomplete or no longer valid. Open it from the message you received, or answer that message.
unsubscribe-source = unsubscribe link of an e-mail
