// Files a person would bring, made on the spot.

/** What Windows-1252 writes elsewhere than Latin-1. */
const WINDOWS = { '€': 0x80, '…': 0x85, 'Œ': 0x8c, '’': 0x92, 'œ': 0x9c };

/** A spreadsheet saved by a French Windows: semicolons, Windows-1252, CRLF. */
export function frenchCsv(name, rows) {
  const text = rows.map((row) => `${row.join(';')}\r\n`).join('');
  const bytes = [...text].map((letter) => WINDOWS[letter] ?? letter.charCodeAt(0));
  return { name, mimeType: 'text/csv', buffer: Buffer.from(bytes) };
}
