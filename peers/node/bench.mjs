// npm `qr`, the fastest encoder in JavaScript that we know.
//
// Reads `kind level hex` lines, prints lines as `encoders/src/main.rs` describes them.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The folder of node_modules is the one argument.
const modules = createRequire(join(process.argv[2], 'here.js'));
const { encodeQR } = await import(pathToFileURL(modules.resolve('qr')).href);

const NAME = 'qr of npm';
const ROUNDS = 15;
const BATCH_SECONDS = 0.02;
const LEVELS = { L: 'low', M: 'medium', Q: 'quartile', H: 'high' };

const symbol = (text, level) => encodeQR(text, 'raw', { ecc: LEVELS[level], border: 1 });

const seconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const sets = new Map();
for (const line of readFileSync(0, 'utf8').trimEnd().split('\n')) {
  const [kind, level, hex] = line.split('\t');
  const key = `${kind}\t${level}`;
  if (!sets.has(key)) sets.set(key, []);
  sets.get(key).push(Buffer.from(hex, 'hex').toString('utf8'));
}

const time = (payloads, level, repeats) => {
  const start = seconds();
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const text of payloads) symbol(text, level);
  }
  return seconds() - start;
};

for (const [key, payloads] of sets) {
  const level = key.split('\t')[1];
  for (const text of payloads) {
    // Without the border of one module that the library insists on.
    const rows = symbol(text, level).slice(1, -1).map((row) => row.slice(1, -1));
    const digits = rows.map((row) => row.map((dark) => (dark ? '1' : '0')).join('')).join('/');
    console.log(`symbol\t${key}\t${NAME}\t${Buffer.from(text).toString('hex')}\t${digits}`);
  }
  let repeats = 1;
  while (time(payloads, level, repeats) < BATCH_SECONDS) repeats *= 2;
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push((time(payloads, level, repeats) * 1e9) / (repeats * payloads.length));
  }
  times.sort((a, b) => a - b);
  console.log(`matrix\t${key}\t${NAME}\t${times[ROUNDS >> 1].toFixed(1)}`);
}
