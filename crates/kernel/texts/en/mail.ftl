# E-mail.
mail-error-address = This e-mail address cannot receive a message. Write for example first.last@example.org.
mail-error-address-control = The e-mail address holds a line break or an invisible character. Type it again.
mail-error-address-several = Write a single e-mail address.
mail-error-subject = The subject must be one line, and not empty.
mail-error-variable = The text holds a variable that nothing fills in: { $name }. Complete the text and try again.
mail-error-bounced = A message to this address came back on { $day }: { $reason }. Correct the address, or clear the bounce on the e-mail page.
mail-unsubscribe = Stop receiving these messages
mail-error-not-sent = This message has not left yet: it cannot have come back.
mail-error-not-open = This message waits for no decision: it left, or is about to.
mail-error-reason = Say why the message came back, for example “no such mailbox”.
mail-error-notice-unknown = This notice belongs to no message sent from here.
mail-error-notice = This file is no delivery status notification. Save the notice you received, with its attachments, and try again.
mail-error-notice-delayed = This notice tells of a delay: the server still tries, nothing is noted.
mail-test-subject = Test message from { $organisation }
mail-test = This message shows that Bocal can write by e-mail. There is nothing to do.
