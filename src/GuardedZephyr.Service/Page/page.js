const element = (id) => document.getElementById(id);
const messages = element('messages');
const prompt = element('prompt');
const send = element('send');
const stop = element('stop');

/** What the next request carries: turns that passed, and nothing of those that did not. */
let history = [];
let running = null;

/** Rules that matched in turns that passed: a later turn repeats them, because it carries the conversation so far. */
const passedRules = new Set();

function make(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function addMessage(role) {
  element('welcome').hidden = true;
  const item = make('li', role);
  const bubble = item.appendChild(make('div', 'bubble'));
  messages.append(item);
  return { item, bubble };
}

function follow() {
  const main = document.querySelector('main');
  main.scrollTop = main.scrollHeight;
}

/** What the model gets in place of a value, by the action taken. */
const hiddenAs = {
  pseudonymise: 'a pseudonym for the model',
  mask: 'masked for the model',
  hash: 'a hash for the model',
  redact: 'hidden from the model',
};

/** What the guard puts in place of values: [CATEGORY], [CATEGORY:hash] and <CATEGORY_n>. */
const placeholder = /(\[[A-Z][A-Z0-9_]+(?::[0-9a-f]+)?\]|<[A-Z][A-Z0-9_]+_[0-9]+>)/;

/** The user's own text, with a chip around each value that the model does not get to see. */
function showHidden(bubble, text, findings) {
  const hidden = findings.filter((finding) => finding.redacted).sort((a, b) => a.start - b.start || b.length - a.length);
  bubble.replaceChildren();
  let end = 0;
  for (const { start, length, category, action } of hidden) {
    if (start < end) continue;
    const chip = make('span', 'chip', `${text.slice(start, start + length)} `);
    chip.append(make('small', '', `${hiddenAs[action]}: ${category}`));
    bubble.append(text.slice(end, start), chip);
    end = start + length;
  }
  bubble.append(text.slice(end));
}

/** A reply, with its placeholders as chips. */
function showReply(bubble, text) {
  bubble.replaceChildren(...text.split(placeholder).map((part, index) => (index % 2 ? make('span', 'chip', part) : document.createTextNode(part))));
}

function showNotice(item, className, title, text, matched = []) {
  const own = matched.filter((rule) => !passedRules.has(rule));
  const rules = own.length ? own : matched;
  const notice = make('div', `notice ${className}`);
  notice.append(make('strong', '', title), make('p', '', text));
  if (rules.length) {
    const line = make('p', 'rules', rules.length > 1 ? 'Rules: ' : 'Rule: ');
    rules.forEach((rule, index) => line.append(index ? ', ' : '', make('code', '', rule)));
    notice.append(line);
  }
  item.append(notice);
}

function showMeta(item, guard, usage) {
  const line = make('p', 'meta');
  line.append(make('b', '', guard.outcome), ` · guard ${guard.latency_ms.toFixed(1)} ms`);
  if (usage?.completion_tokens) line.append(` · ${usage.completion_tokens} tokens`);
  item.append(line);
}

/** The values of a stream's `data:` lines, up to its end mark. */
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (buffer + value).split('\n\n');
    buffer = parts.pop();
    for (const part of parts) {
      if (part.startsWith('data: ') && part !== 'data: [DONE]') yield JSON.parse(part.slice(6));
    }
  }
}

/** Asks with the whole conversation; `onText` gets the reply so far. Throws `{ error, guard }` when there is none. */
async function complete(conversation, signal, onText) {
  const response = await fetch('/v1/chat/completions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages: conversation, stream: true, stream_options: { include_usage: true } }),
    signal,
  });
  if (!response.ok) throw await response.json();

  const reply = { content: '', refusal: null, guard: null, usage: null };
  for await (const chunk of events(response.body)) {
    if (chunk.error) throw chunk;
    const delta = chunk.choices[0]?.delta;
    if (delta?.content) onText(reply.content += delta.content);
    reply.refusal = delta?.refusal ?? reply.refusal;
    reply.guard = chunk.guard ?? reply.guard;
    reply.usage = chunk.usage ?? reply.usage;
  }
  return reply;
}

async function ask(text) {
  const question = { role: 'user', content: text };
  const conversation = [...history, question];
  const own = addMessage('user');
  own.bubble.textContent = text;
  const answer = addMessage('assistant');
  answer.item.classList.add('waiting');
  messages.setAttribute('aria-busy', 'true');
  setRunning(new AbortController());
  follow();

  const mark = (guard) => showHidden(own.bubble, text, (guard?.findings ?? []).filter((finding) => finding.message === conversation.length - 1));
  let shown = '';
  try {
    const reply = await complete(conversation, running.signal, (content) => {
      shown = content;
      answer.item.classList.remove('waiting');
      showReply(answer.bubble, content);
      follow();
    });
    finish(reply, question, answer, mark);
  } catch (failure) {
    fail(failure, shown, question, answer, mark);
  } finally {
    answer.item.classList.remove('waiting');
    messages.removeAttribute('aria-busy');
    setRunning(null);
    follow();
  }
}

function finish({ content, refusal, guard, usage }, question, { item, bubble }, mark) {
  if (refusal !== null) {
    showNotice(item, 'blocked', 'The guard ended this reply', refusal, guard?.rules);
  } else if (guard?.action === 'respond' && guard.blocked_at) {
    item.insertBefore(make('span', 'care', 'Written by people, not by the model'), bubble);
  } else {
    history.push(question, { role: 'assistant', content });
    guard?.rules.forEach((rule) => passedRules.add(rule));
  }
  if (guard) {
    if (guard.blocked_at !== 'request') mark(guard);
    showMeta(item, guard, usage);
  }
}

function fail(failure, shown, question, { item }, mark) {
  if (failure?.name === 'AbortError') {
    item.append(make('p', 'meta', shown ? 'stopped' : 'stopped before the first word'));
    if (shown) history.push(question, { role: 'assistant', content: shown });
  } else if (failure?.error?.code === 'content_filter') {
    showNotice(item, 'blocked', 'Blocked before it reached the model', failure.error.message, failure.guard?.rules);
    if (failure.guard) showMeta(item, failure.guard);
  } else {
    showNotice(item, 'error', 'This did not work', failure?.error?.message ?? 'The service cannot be reached.');
  }
}

function setRunning(controller) {
  running = controller;
  stop.hidden = !controller;
  send.hidden = Boolean(controller);
}

function submit(text) {
  if (!text.trim() || running) return;
  prompt.value = '';
  ask(text.trim());
}

async function describeService() {
  try {
    const health = await (await fetch('/health/ready')).json();
    element('model').textContent = health.model.id;
    element('policy').textContent = `${health.guard.policy.name} v${health.guard.policy.version}`;
    element('policy').title = `SHA-256 ${health.guard.policy.sha256}`;
  } catch {
    element('model').textContent = 'not reachable';
  }
}

element('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  submit(prompt.value);
});

prompt.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit(prompt.value);
  }
});

element('suggestions').addEventListener('click', (event) => {
  if (event.target instanceof HTMLButtonElement) submit(event.target.textContent);
});

stop.addEventListener('click', () => running?.abort());

element('new-chat').addEventListener('click', () => {
  running?.abort();
  history = [];
  passedRules.clear();
  messages.replaceChildren();
  element('welcome').hidden = false;
  prompt.focus();
});

describeService();
