// Encodes texts with Hugging Face's own tokenizer: node encode.mjs TOKENIZER.JSON TEXTS.JSON [marks], where the second holds a list of strings.
// Standard output: a line for each text, {"ids": [...], "text": what the ids are decoded to}, or null where the text holds a character
// that this Node's Unicode does not know. Special tokens in a text are off: they are taken out of the file first. With 'marks' the tokenizer
// puts its own around the text.
import { readFileSync } from 'node:fs';
import { PreTrainedTokenizer } from '@huggingface/transformers';

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const file = read(process.argv[2]);
file.added_tokens = file.added_tokens.filter((token) => !token.special);
const tokenizer = new PreTrainedTokenizer(file, { clean_up_tokenization_spaces: false });
const lines = read(process.argv[3]).map((text) => {
  if (/\p{Cn}/u.test(text)) return null;
  const ids = tokenizer.encode(text, { add_special_tokens: process.argv[4] === 'marks' });
  return { ids, text: ids.length > 0 ? tokenizer.decode(ids) : '' };
});
process.stdout.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
