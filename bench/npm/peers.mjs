// Redacts the same messages with other packages: node peers.mjs MESSAGES.json, where the file holds {"set": ["message", ...], ...}.
// Standard input: {"peer": "...", "set": "..."} a line, one pass over the set. Standard output: first what is there, then
// {"ms": time of the pass, "cpuMs": processor time of it, "changed": messages that came out different} a line.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { OpenRedaction } from 'openredaction';

const require = createRequire(import.meta.url);
const { SyncRedactor } = require('redact-pii');
const redactor = new SyncRedactor();
const shield = new OpenRedaction();

// Each with its defaults. OpenRedaction has no synchronous call; its detect is awaited, one message after the other.
const peers = {
  'redact-pii': (messages) => {
    let changed = 0;
    for (const message of messages) changed += redactor.redact(message) === message ? 0 : 1;
    return changed;
  },
  openredaction: async (messages) => {
    let changed = 0;
    for (const message of messages) changed += (await shield.detect(message)).redacted === message ? 0 : 1;
    return changed;
  },
};

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const sets = JSON.parse(readFileSync(process.argv[2], 'utf8'));
say({ node: process.version, peers: Object.keys(peers).map((name) => ({ name, version: dependencies[name] })) });
for await (const line of createInterface({ input: process.stdin })) {
  const { peer, set } = JSON.parse(line);
  const started = performance.now();
  const cpu = process.cpuUsage();
  const changed = await peers[peer](sets[set]);
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  say({ ms, cpuMs: (user + system) / 1000, changed });
}
