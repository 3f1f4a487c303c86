import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Api, type ChatMessage } from './api';
import { Talk } from './talk';

const message = (seq: number, by = 'agent') => ({ id: `msg_${seq}`, seq, by, text: `${seq}` }) as ChatMessage;
const texts = (talk: Talk) => talk.timeline.messages.map(({ text }) => text);

/** A shop that knows five messages and answers "all after n". */
function follow() {
  const api = new Api('https://shop.example/', 'en');
  const get = vi.spyOn(api, 'get').mockImplementation(async (path: string) => {
    const after = Number(new URL(path, 'https://shop.example').searchParams.get('after'));
    return { items: [1, 2, 3, 4, 5].filter((seq) => seq > after).map((seq) => message(seq)), read_seq: 2 };
  });
  return { talk: new Talk(api, 'cnv_1', 'open', 0, () => {}), get };
}

class Silent {
  static sent: { type: string }[] = [];
  readyState = 1;
  send(text: string) {
    Silent.sent.push(JSON.parse(text));
  }
  close() {}
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Silent);
  Silent.sent = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('messages missed while away are fetched, and none stands there twice', async () => {
  const { talk, get } = follow();
  talk.hear({ type: 'messages', conversation: 'cnv_1', items: [message(1), message(2)] });
  talk.hear({ type: 'messages', conversation: 'cnv_1', items: [message(5)] });
  await vi.advanceTimersByTimeAsync(0);
  expect(get).toHaveBeenCalledExactlyOnceWith('conversations/cnv_1/messages?after=2');
  expect(texts(talk)).toEqual(['1', '2', '3', '4', '5']);
  talk.leave();
});

test('what belongs to another conversation is not shown here', () => {
  const { talk } = follow();
  talk.hear({ type: 'messages', conversation: 'cnv_2', items: [message(1)] });
  expect(texts(talk)).toEqual([]);
  talk.leave();
});

test('"is typing" ends by itself, or with the message', async () => {
  const { talk } = follow();
  talk.hear({ type: 'typing', name: 'Kari' });
  expect(talk.typing).toBe('Kari');
  await vi.advanceTimersByTimeAsync(5000);
  expect(talk.typing).toBe('');
  talk.hear({ type: 'typing', name: 'Kari' });
  talk.hear({ type: 'messages', conversation: 'cnv_1', items: [message(1)] });
  expect(talk.typing).toBe('');
  talk.leave();
});

test('unread counts answers, not what I wrote, and reading ends it', () => {
  const { talk } = follow();
  talk.take([message(1, 'me'), message(2), message(3)]);
  expect(talk.unread).toBe(2);
  talk.look(true);
  expect(talk.unread).toBe(0);
  talk.leave();
});

test('keystrokes are announced every three seconds at most', async () => {
  const { talk } = follow();
  for (let i = 0; i < 10; i++) talk.type();
  await vi.advanceTimersByTimeAsync(3000);
  talk.type();
  expect(Silent.sent.filter(({ type }) => type === 'typing')).toHaveLength(2);
  talk.leave();
});
