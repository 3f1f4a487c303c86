import { h, render } from 'preact';
import { expect, test } from 'vitest';
import type { Card, ChatMessage } from './api';
import { Bubble } from './Bubble';
import type { Visit } from './visit';

const visit = { t: (key: string, args = {}) => [key, ...Object.values(args)].join(' '), language: 'en', host: { server: 'https://desk.example/' } } as unknown as Visit;
const tent: Card = { product: 'prd_1', title: 'Vidde tent', page: 'https://shop.example/tent', picture: 'https://shop.example/tent.png', price: { minor: 449000, currency: 'NOK' }, before: null, dearer: false, in_stock: true, left: null };
const shown = (change: Partial<Card>) => {
  const message: ChatMessage = { id: 'msg_1', seq: 1, by: 'agent', name: 'Ines', text: '', html: null, files: [], products: [{ ...tent, ...change }], at: '2026-11-23T10:00:00Z', client_id: null, state: 'sent' };
  const box = document.createElement('div');
  render(h(Bubble, { visit, message, first: false, last: false }), box);
  return box.querySelector('.card') as HTMLAnchorElement;
};
const words = (card: Element) => (card.textContent ?? '').replaceAll('\u00a0', ' ').trim();

test('a product leads to where the shop sells it, with its picture and its price', () => {
  const card = shown({});
  expect(card.href).toBe('https://shop.example/tent');
  expect(card.rel).toContain('noopener');
  expect(card.querySelector('img')?.src).toBe('https://shop.example/tent.png');
  expect(words(card)).toBe('Vidde tentNOK 4,490');
});

test.each([
  [{ dearer: true }, 'Vidde tentprice-from NOK 4,490'],
  [{ price: { minor: 33950, currency: 'GBP' }, before: { minor: 39900, currency: 'GBP' } }, 'Vidde tent£339.50 £399'],
  [{ in_stock: false }, 'Vidde tentNOK 4,490 sold-out'],
  [{ left: 3 }, 'Vidde tentNOK 4,490 only-left 3'],
  [{ in_stock: null, price: null }, 'Vidde tent'],
] satisfies [Partial<Card>, string][])('%j reads %j', (change, text) => {
  expect(words(shown(change))).toBe(text);
});

test('without a page it is no link', () => {
  expect(shown({ page: null }).hasAttribute('href')).toBe(false);
});
