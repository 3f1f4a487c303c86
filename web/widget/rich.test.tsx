import { render } from 'preact';
import { expect, test } from 'vitest';
import { rich } from './rich';

function drawn(html: string) {
  const box = document.createElement('div');
  render(rich(html), box);
  return box;
}

test('what agents format arrives formatted', () => {
  const html = '<p>We have <strong>14</strong> <em>left</em>.</p><ul><li>pegs</li></ul>';
  expect(drawn(html).innerHTML).toBe(html);
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<style>*{display:none}</style>',
  '<textarea><b>x</b></textarea>',
])('%s leaves nothing behind', (html) => {
  expect(drawn(html).innerHTML).toBe('');
});

test('an unknown tag keeps its words and loses itself', () => {
  expect(drawn('<form><h1 onclick="x()">Hello <b style="color:red">you</b></h1></form>').innerHTML).toBe('Hello <b>you</b>');
});

test.each(['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', 'vbscript:x', '//example.com', 'java\nscript:alert(1)'])(
  'a link to %j is only words',
  (href) => {
    const box = drawn('<a>shop</a>');
    expect(box.innerHTML).toBe('shop');
    expect(drawn(`<a href="${href}">shop</a>`).innerHTML).toBe('shop');
  },
);

test('a good link opens beside the shop and tells nothing of it', () => {
  const link = drawn('<a href="https://example.com/a" onclick="x()">shop</a>').querySelector('a');
  expect(link?.getAttribute('href')).toBe('https://example.com/a');
  expect(link?.rel).toContain('noopener');
  expect(link?.hasAttribute('onclick')).toBe(false);
});
