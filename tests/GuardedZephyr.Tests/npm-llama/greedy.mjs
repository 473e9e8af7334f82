// Continues a prompt greedily with llama.cpp: node greedy.mjs MODEL.GGUF PROMPT COUNT, where PROMPT is ids with commas between.
// Standard output: one id a line. Keys and values are kept in float32, and nothing is built or downloaded.
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';

const [path, prompt, count] = process.argv.slice(2);
const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 1, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath: path, gpuLayers: 0, checkTensors: true });
const context = await model.createContext({ contextSize: 128, experimentalKvCacheKeyType: 'F32', experimentalKvCacheValueType: 'F32', flashAttention: false });
const ids = [];
for await (const id of context.getSequence().evaluate(prompt.split(',').map(Number), { temperature: 0, yieldEogToken: true })) {
  ids.push(id);
  if (ids.length === Number(count)) break;
}
process.stdout.write(ids.map((id) => `${id}\n`).join(''));
process.exit(0);
