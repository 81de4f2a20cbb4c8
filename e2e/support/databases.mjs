// Where the organisations of a run lie: files of SQLite, or databases of a PostgreSQL server.
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeDemonstration } from './server.mjs';

/** The server whose databases a run may make and drop, as `postgres://user@host:port/database`; none when empty. */
const SERVER = process.env.BOCAL_TEST_POSTGRES ?? '';

/** The engines of this run. */
export const ENGINES = SERVER ? ['sqlite', 'postgres'] : ['sqlite'];

let made = 0;
const unique = (name) => `${name}_${process.pid}_${++made}`;
const file = (name) => join(process.env.E2E_FOLDER, `${name}.db`);

/** Databases of this run carry its number, so that two runs may share a server. */
const named = (name) => `e2e_${process.env.E2E_RUN}_${name}`;

/** The address of a database beside the one of `SERVER`. */
function address(name) {
  const url = new URL(SERVER);
  url.pathname = `/${named(name)}`;
  return url.href;
}

function sql(statement) {
  const asked = spawnSync('psql', ['-qXAt', '-v', 'ON_ERROR_STOP=1', '-d', SERVER, '-c', statement], { encoding: 'utf8' });
  if (asked.status !== 0) throw new Error(`${statement}: ${asked.error ?? asked.stderr}`);
  return asked.stdout.trim();
}

const on = {
  sqlite: {
    /** A database that is not there yet. */
    empty: () => file(unique('empty')),
    /** A copy of the demonstration. */
    copy() {
      const database = file(unique('demo'));
      copyFileSync(file('demo'), database);
      return database;
    },
    /** Removes a database of this run. */
    drop: (database) => rmSync(database, { force: true }),
  },
  postgres: {
    empty() {
      const name = unique('empty');
      sql(`CREATE DATABASE ${named(name)}`);
      return address(name);
    },
    copy() {
      const name = unique('demo');
      sql(`CREATE DATABASE ${named(name)} TEMPLATE ${named('demo')}`);
      return address(name);
    },
    drop: (database) => sql(`DROP DATABASE IF EXISTS ${new URL(database).pathname.slice(1)} WITH (FORCE)`),
  },
};

/** The databases of an engine. */
export const databases = (engine) => on[engine];

/** Makes the demonstration every test copies, on each engine; returns what the program says of each. */
export function makeDemonstrations() {
  const said = { sqlite: makeDemonstration(file('demo')) };
  if (SERVER) {
    sql(`CREATE DATABASE ${named('demo')}`);
    said.postgres = makeDemonstration(address('demo'));
  }
  return said;
}

/** Drops what a run left on the server. */
export function dropAll() {
  if (!SERVER) return;
  const left = sql(`SELECT datname FROM pg_database WHERE datname LIKE '${named('')}%'`);
  for (const name of left.split('\n').filter(Boolean)) sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}
