import { beforeEach, expect, test } from 'vitest';
import { Memory } from './memory';

type Kept = { draft: string; token: string };
beforeEach(() => localStorage.clear());

test('nothing is stored before the visitor acts, and everything so far afterwards', () => {
  const memory = new Memory<Kept>('shop');
  memory.set({ draft: 'Hello' });
  expect(localStorage.length).toBe(0);
  memory.allow();
  expect(new Memory<Kept>('shop').get('draft')).toBe('Hello');
});

test('two tabs do not undo what the other remembered', () => {
  const one = new Memory<Kept>('shop');
  one.allow();
  const two = new Memory<Kept>('shop');
  one.set({ draft: 'Hello' });
  two.set({ token: 'vis_1' });
  expect([one.get('token'), two.get('draft')]).toEqual(['vis_1', 'Hello']);
});

test('forgetting leaves nothing, and shops do not see each other', () => {
  const memory = new Memory<Kept>('shop');
  memory.allow();
  memory.set({ draft: 'Hello' });
  expect(new Memory<Kept>('other').get('draft')).toBeUndefined();
  memory.forget();
  expect(localStorage.length).toBe(0);
  expect(memory.get('draft')).toBeUndefined();
});
