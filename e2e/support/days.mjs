// Days as the organisation of the demonstration counts them.

const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

/** A day as a field of a form writes it, so many days from today. */
export const dayFromNow = (days) => day.format(Date.now() + days * 86_400_000);

/** A day as people write it in a letter: « jeudi 3 décembre », "Thursday 3 December". */
export function dayInWords(locale, days) {
  const words = { timeZone: 'Europe/Paris', weekday: 'long', day: 'numeric', month: 'long' };
  return new Intl.DateTimeFormat(locale, words).format(Date.now() + days * 86_400_000);
}
