import { expect, test } from 'vitest';
import { pieces } from './links';
import { clean, isBlank, plain } from './text';

const links = (text: string) => pieces(text).flatMap(({ href }) => href ?? []);

test.each([
  ['See https://example.com/tent.', ['https://example.com/tent']],
  ['(https://example.com/a_(b))', ['https://example.com/a_(b)']],
  ['https://example.com/a?x=1&y=2, https://example.org!', ['https://example.com/a?x=1&y=2', 'https://example.org']],
  ['帐篷在https://example.com/帐篷。谢谢', ['https://example.com/帐篷']],
  ['javascript:alert(1) data:text/html,x www.example.com', []],
  ['https://', []],
  ['<a href="https://example.com">x</a>', ['https://example.com']],
])('the links in %j are %j', (text, found) => {
  expect(links(text)).toEqual(found);
});

test('no character of a message is lost between its pieces', () => {
  const text = 'a https://example.com/x, b\nhttps://example.org. <c>';
  expect(pieces(text).map((it) => it.text).join('')).toBe(text);
});

test('a link cannot be turned around by direction overrides, nor hide an unseen character', () => {
  expect(links('https://example.com/\u202efdp.exe')).toEqual(['https://example.com/fdp.exe']);
  expect(links('https://exam\u200bple.com')).toEqual(['https://exam']);
});

test('joiners inside emoji and scripts stay', () => {
  expect(plain('👩‍👧 می‌خواهم')).toBe('👩‍👧 می‌خواهم');
});

test('a name is shown without anything unseen', () => {
  expect(clean('invoice\u202egnp.exe')).toBe('invoicegnp.exe');
  expect(clean('Ka\u200bri Nord\u00admann')).toBe('Kari Nordmann');
});

test.each(['', '  \n', '\u200b\u200d\ufeff', '\u3164\u2060', '\u202e '])('%j is no message', (text) => {
  expect(isBlank(text)).toBe(true);
});
