import { type ComponentChildren, createElement } from 'preact';
import { outward, plain } from './text';

const ALLOWED = /^(b|strong|i|em|a|br|p|ul|ol|li)$/;
const DROPPED = /^(script|style|template|noscript|iframe|object|svg|math|title|textarea)$/;
const SAFE_LINK = /^(https?:\/\/|mailto:)/i;

/** An agent's formatted words as nodes of our own making: what is not on the list keeps its words and loses its tag. */
export function rich(html: string): ComponentChildren {
  return children(new DOMParser().parseFromString(html, 'text/html').body);
}

function children(node: Node): ComponentChildren[] {
  return [...node.childNodes].map(one);
}

function one(node: Node): ComponentChildren {
  if (node.nodeType === Node.TEXT_NODE) return plain(node.textContent ?? '');
  if (!(node instanceof Element)) return null;
  const tag = node.localName;
  if (DROPPED.test(tag)) return null;
  if (!ALLOWED.test(tag)) return children(node);
  if (tag !== 'a') return createElement(tag, null, ...children(node));
  const href = node.getAttribute('href')?.trim() ?? '';
  return SAFE_LINK.test(href) ? createElement('a', { href, ...outward }, ...children(node)) : children(node);
}
