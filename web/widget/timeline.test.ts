import { expect, test } from 'vitest';
import type { ChatMessage } from './api';
import { Timeline } from './timeline';

const of = (...seqs: number[]) =>
  seqs.map((seq) => ({ id: `msg_${seq}`, seq, by: 'agent', text: `${seq}` }) as ChatMessage);
const seqs = (line: Timeline) => line.messages.map(({ seq }) => seq);

test('the same message by answer and by socket stands there once', () => {
  const line = new Timeline();
  line.take(of(1, 2));
  line.take(of(2, 3));
  expect(seqs(line)).toEqual([1, 2, 3]);
  expect(line.last).toBe(3);
});

test('messages that come out of order are shown in order', () => {
  const line = new Timeline();
  expect(line.take(of(2))).toBe(true);
  expect(line.take(of(1))).toBe(false);
  expect(seqs(line)).toEqual([1, 2]);
  expect(line.last).toBe(2);
});

test('a jump asks for everything after the last certain message', () => {
  const line = new Timeline();
  line.take(of(1, 2));
  expect(line.take(of(5))).toBe(true);
  expect(line.last).toBe(2);
  expect(line.fill(of(3, 4, 5))).toBe(false);
  expect(seqs(line)).toEqual([1, 2, 3, 4, 5]);
});

test("numbers of notes, which shoppers never see, are not waited for", () => {
  const line = new Timeline();
  line.take(of(1));
  expect(line.take(of(4))).toBe(true);
  expect(line.fill(of(4))).toBe(false);
  expect(line.last).toBe(4);
});

test('a message that overtakes the answer leaves a doubt to be settled next', () => {
  const line = new Timeline();
  line.take(of(1));
  line.take(of(6));
  expect(line.fill(of(2, 3))).toBe(true);
  expect(line.last).toBe(3);
});
