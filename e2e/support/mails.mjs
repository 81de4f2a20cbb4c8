// Mails the program wrote to a folder, as their readers see them.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const utf8 = (bytes) => Buffer.from(bytes, 'latin1').toString('utf8');
const unquoted = (text) =>
  utf8(text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))));

/** The words of a header, which may be written in pieces of base 64 or quoted ones. */
function words(header) {
  const joined = header.replace(/\r?\n\s+/g, ' ').replace(/\?=\s+=\?/g, '?==?');
  return joined.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how, piece) =>
    how.toLowerCase() === 'b' ? Buffer.from(piece, 'base64').toString('utf8') : unquoted(piece.replace(/_/g, ' ')),
  );
}

/** What a mail says: its headers' words and its plain text. */
function read(raw) {
  const header = (name) => words(new RegExp(`^${name}: ((?:.*)(?:\\r?\\n[ \\t].*)*)`, 'im').exec(raw)?.[1] ?? '');
  const plain = /Content-Type: text\/plain[\s\S]*?\r?\n\r?\n([\s\S]*?)\r?\n--/i.exec(raw)?.[1] ?? '';
  const encoding = /Content-Type: text\/plain[\s\S]*?Content-Transfer-Encoding: (\S+)/i.exec(raw)?.[1] ?? '';
  const text = encoding === 'base64' ? Buffer.from(plain, 'base64').toString('utf8') : unquoted(plain);
  return { to: header('To'), subject: header('Subject'), text: text.replace(/\r\n/g, '\n') };
}

/** Mails which are in the folder by now, of those to keep. */
export async function mails(folder, keep) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  const all = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
  return all.map(read).filter(keep);
}
