// Days as the organisation of the demonstration counts them.

const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

/** A day as a field of a form writes it, so many days from today. */
export const dayFromNow = (days) => day.format(Date.now() + days * 86_400_000);
