// Talks to the service at the base URL in the first argument through OpenAI's own client; prints what came back as JSON.
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: process.argv[2], apiKey: 'none', maxRetries: 0 });
const model = (await client.models.list()).data[0].id;
const messages = [{ role: 'user', content: process.argv[3] }];

const plain = await client.chat.completions.create({ model, messages, temperature: 0 });

const chunks = [];
for await (const chunk of await client.chat.completions.create({ model, messages, temperature: 0, stream: true, stream_options: { include_usage: true } })) {
  chunks.push(chunk);
}

// The helper checks the order of the chunks: it throws on a missing role or finish reason.
const assembled = await client.chat.completions.stream({ model, messages, temperature: 0 }).finalChatCompletion();

let blocked = null;
try {
  await client.chat.completions.create({ model, messages: [{ role: 'user', content: process.argv[4] }] });
} catch (error) {
  blocked = { status: error.status, code: error.code, requestID: error.requestID };
}

console.log(JSON.stringify({
  model,
  plain: plain.choices[0].message.content,
  finishReason: plain.choices[0].finish_reason,
  usage: plain.usage,
  streamed: chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''),
  streamedUsage: chunks.at(-1).usage,
  assembled: assembled.choices[0].message.content,
  blocked,
}));
