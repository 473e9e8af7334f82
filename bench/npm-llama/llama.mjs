// Measures llama.cpp: node llama.mjs MODEL.GGUF CLIENTS CONTEXT THREADS. Nothing is built or downloaded.
// Standard output: first version, seconds to load and resident bytes; then, for each line of standard input, {"seconds"} of
// {"what": "prefill", "tokens"} (into an empty cache) or, a token, of {"what": "decode", "clients", "context", "tokens"}.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';

const [path, clients, contextLength, threads] = process.argv.slice(2).map((value, i) => (i ? Number(value) : value));
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

const started = performance.now();
const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: threads, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
const context = await model.createContext({ contextSize: contextLength, sequences: clients, batchSize: 512, threads: { ideal: threads, min: threads }, flashAttention: false });
const sequences = Array.from({ length: clients }, () => context.getSequence());
const ids = Array.from({ length: contextLength }, (_, i) => 1000 + ((i * 7919) % 49000));
const load = (performance.now() - started) / 1000;

// A sequence drops what is behind the context and reads what is missing.
const fill = async (sequence, tokens) => {
  if (sequence.nextTokenIndex > tokens) await sequence.eraseContextTokenRanges([{ start: tokens, end: sequence.nextTokenIndex }]);
  if (sequence.nextTokenIndex < tokens) await sequence.evaluateWithoutGeneratingNewTokens(ids.slice(sequence.nextTokenIndex, tokens));
};

const write = async (sequence, tokens) => {
  let written = 0;
  for await (const _ of sequence.evaluate([ids[0]], { temperature: 0, yieldEogToken: true })) if (++written === tokens) break;
};

await write(sequences[0], 1);
say({ version: dependencies['node-llama-cpp'], load, resident: process.memoryUsage().rss });
for await (const line of createInterface({ input: process.stdin })) {
  const { what, clients: count, context: length, tokens } = JSON.parse(line);
  const used = sequences.slice(0, count ?? 1);
  if (what === 'prefill') await used[0].clearHistory();
  else for (const sequence of used) await fill(sequence, length);
  const clock = performance.now();
  if (what === 'prefill') await used[0].evaluateWithoutGeneratingNewTokens(ids.slice(0, tokens));
  else await Promise.all(used.map((sequence) => write(sequence, tokens)));
  say({ seconds: (performance.now() - clock) / 1000 / (what === 'prefill' ? 1 : tokens) });
}
process.exit(0);
