import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Connection } from './connection';

class Socket {
  static made: Socket[] = [];
  readyState = 1;
  sent: unknown[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (() => void) | null;
  constructor() {
    Socket.made.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {}
  greet() {
    this.onopen?.();
    this.onmessage?.({ data: '{"type":"hello"}' });
  }
}

const newest = () => Socket.made.at(-1) as Socket;
let after = 0;
const connect = () => new Connection('ws://shop', { first: () => ({ after }), heard: () => {}, changed: () => {} });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Socket);
  vi.spyOn(Math, 'random').mockReturnValue(1);
  Socket.made = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a cut connection resumes after the last message it had', async () => {
  after = 0;
  const line = connect();
  line.open();
  newest().greet();
  after = 7;
  newest().onclose?.();
  await vi.advanceTimersByTimeAsync(1000);
  newest().greet();
  expect(newest().sent[0]).toEqual({ after: 7 });
  line.close();
});

test('the waits grow, so that a shop that is down is not stormed', async () => {
  const line = connect();
  line.open();
  for (const wait of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    const before = Socket.made.length;
    newest().onclose?.();
    await vi.advanceTimersByTimeAsync(wait - 1);
    expect(Socket.made).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(Socket.made).toHaveLength(before + 1);
  }
  line.close();
});

test('a line that no longer answers is dialled anew', async () => {
  const line = connect();
  line.open();
  newest().greet();
  await vi.advanceTimersByTimeAsync(25_000);
  expect(newest().sent.at(-1)).toEqual({ type: 'ping' });
  await vi.advanceTimersByTimeAsync(25_000);
  expect(Socket.made).toHaveLength(2);
  line.close();
});
