import { expect, test } from 'vitest';
import { inkOn } from './ink';
import { amount, day, filled } from './words';

test('the blanks in a sentence are filled', () => {
  expect(filled('{name} is larger than {size}.', { name: '{size}.png', size: '10 MB' })).toBe('{size}.png is larger than 10 MB.');
});

test.each([
  ['en', '4 minutes'],
  ['nb', '4 minutter'],
  ['tr', '4 dakika'],
  ['zh', '4分钟'],
])('in %s the shop answers within %s', (language, said) => {
  expect(amount(language, 4, 'minute').replace(/\s/g, ' ')).toBe(said);
});

test('yesterday, today and tomorrow have names, other days a date', () => {
  const now = new Date('2026-11-23T10:00:00');
  expect(day('en', '2026-11-23T00:01:00', now)).toBe('today');
  expect(day('nb', '2026-11-22T23:59:00', now)).toBe('i går');
  expect(day('tr', '2026-11-24T08:00:00', now)).toBe('yarın');
  expect(day('en', '2026-11-02T08:00:00', now)).toMatch(/Monday/);
  expect(day('en', '2026-11-27T08:00:00', now)).toMatch(/Friday/);
});

test.each([
  ['#0b6b5a', '#fff'],
  ['#f2b134', '#111'],
  ['#ffffff', '#111'],
  ['#000000', '#fff'],
])('on %s the words are %s', (color, ink) => {
  expect(inkOn(color)).toBe(ink);
});
