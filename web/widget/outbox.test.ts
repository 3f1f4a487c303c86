import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from './api';
import { Outbox, type Outgoing } from './outbox';

const opening = { department: null, consent: true, page: null, said: [] };
const message = (client_id: string): Outgoing => ({ client_id, talk: 'cnv_1', opening, text: client_id, files: [] });

function outbox(send: (message: Outgoing) => Promise<void>) {
  let kept: Outgoing[] = [];
  const save = (messages: Outgoing[]) => {
    kept = messages;
  };
  return new Outbox({ load: () => kept, save, send });
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('messages go one at a time, in order, each once', async () => {
  const sent: string[] = [];
  const box = outbox(async ({ client_id }) => void sent.push(client_id));
  await Promise.all([box.add(message('a')), box.add(message('b')), box.flush(), box.flush()]);
  expect(sent).toEqual(['a', 'b']);
  expect(box.messages).toEqual([]);
});

test('what is typed without a connection waits, and is sent once when it is back', async () => {
  let up = false;
  const sent: string[] = [];
  const box = outbox(async ({ client_id }) => {
    if (!up) throw new Problem(0);
    sent.push(client_id);
  });
  await box.add(message('a'));
  await box.add(message('b'));
  expect(box.messages).toHaveLength(2);
  up = true;
  await box.flush();
  await vi.runAllTimersAsync();
  expect(sent).toEqual(['a', 'b']);
});

test('a message in doubt is tried again under the same id', async () => {
  const tried: string[] = [];
  const box = outbox(async ({ client_id }) => {
    tried.push(client_id);
    if (tried.length < 3) throw new Problem(503);
  });
  await box.add(message('a'));
  await vi.runAllTimersAsync();
  expect(tried).toEqual(['a', 'a', 'a']);
});

test('after "too many" the shop says how long to wait', async () => {
  const send = vi.fn().mockRejectedValueOnce(new Problem(429, '', 40)).mockResolvedValue(undefined);
  const box = outbox(send);
  await box.add(message('a'));
  expect(box.delay?.waitSeconds).toBe(40);
  await vi.advanceTimersByTimeAsync(39_000);
  expect(send).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(send).toHaveBeenCalledTimes(2);
});

test('a refused message stays with its reason, does not hold up the next, and can be tried again', async () => {
  let refuse = true;
  const box = outbox(async ({ client_id }) => {
    if (refuse && client_id === 'a') throw new Problem(422, 'Too long');
  });
  await box.add(message('a'));
  await box.add(message('b'));
  expect(box.messages.map((it) => [it.client_id, it.refused?.detail])).toEqual([['a', 'Too long']]);
  refuse = false;
  await box.retry('a');
  expect(box.messages).toEqual([]);
});

test('what was written before the conversation existed follows into it', async () => {
  const talks: (string | null)[] = [];
  const box = outbox(async ({ talk }) => {
    talks.push(talk);
    await Promise.resolve();
    if (!talk) box.adopt('cnv_9');
  });
  await Promise.all([box.add({ ...message('a'), talk: null }), box.add({ ...message('b'), talk: null })]);
  expect(talks).toEqual([null, 'cnv_9']);
});
