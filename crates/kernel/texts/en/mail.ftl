# E-mail.
mail-error-address = This e-mail address cannot receive a message. Write for example first.last@example.org.
mail-error-address-control = The e-mail address holds a line break or an invisible character. Type it again.
mail-error-address-several = Write a single e-mail address.
mail-error-subject = The subject must be one line, and not empty.
mail-error-variable = The text holds a variable that nothing fills in: { $name }. Complete the text and try again.
mail-error-bounced = A message to this address came back on { $day }: { $reason }. Correct the address, or clear the bounce on the e-mail page.
