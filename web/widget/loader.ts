import { type Command, dress, type Host, type Look, type Mount, type Part, recordName, wear } from './host';
import { choose, type Language } from './language';
import css from './launcher.css?inline';

type Api = { (...command: Command): void; q?: ArrayLike<unknown>[] };
declare global {
  interface Window {
    ombud?: Api;
  }
}
declare const PANEL: string;
declare const BROWSING: string;

const labels: Record<Language, string> = {
  en: 'Chat with us',
  nb: 'Chat med oss',
  tr: 'Bize yazın',
  zh: '在线咨询',
};
const bubble =
  'M12 3.5c-5 0-9 3.3-9 7.5 0 2.3 1.2 4.3 3.1 5.7-.1 1.2-.6 2.4-1.5 3.4 1.8-.1 3.4-.7 4.7-1.7.9.2 1.8.3 2.7.3 5 0 9-3.3 9-7.6s-4-7.6-9-7.6z';

const script = document.currentScript as HTMLScriptElement;
const { shop = '', lang, consent } = script.dataset;

function draw(): Host {
  const element = document.createElement('ombud-chat');
  const root = element.attachShadow({ mode: 'open' });
  wear(root, css);

  const language = choose(lang, document.documentElement.lang, ...navigator.languages);
  const region = root.appendChild(document.createElement('section'));
  const launcher = region.appendChild(document.createElement('button'));
  region.lang = language;
  region.ariaLabel = launcher.ariaLabel = labels[language];
  launcher.className = 'launcher';
  launcher.ariaExpanded = 'false';
  launcher.append(icon(bubble));
  const badge = launcher.appendChild(document.createElement('span'));
  badge.className = 'badge';

  // Beside the body: shops that swap their body while browsing keep the chat.
  const place = () => document.documentElement.append(element);
  place();
  // Once more when the page is read: an early script would else come before the body, and first in the tab order.
  addEventListener('DOMContentLoaded', place);
  const server = new URL('.', script.src).href;
  return { shop, server, language, consent: consent === 'granted', root, launcher, badge };
}

function icon(shape: string) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const path = svg.appendChild(document.createElementNS(space, 'path'));
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('width', '28');
  svg.ariaHidden = 'true';
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('d', shape);
  return svg;
}

/** Only who has chatted here before has a record; it is read, never made, here. */
function earlier(): Look & { talk?: string } {
  try {
    return JSON.parse(localStorage.getItem(recordName(shop)) ?? '{}');
  } catch {
    return {};
  }
}

const host = draw();
const said: Command[] = [];
const parts: Part[] = [];
const fetched: Record<string, Promise<Part> | undefined> = {};

function load(name = PANEL) {
  fetched[name] ??= import(/* @vite-ignore */ `${host.server}widget/${name}`).then(
    ({ mount }: { mount: Mount }) => {
      const part = mount(host, said);
      parts.push(part);
      return part;
    },
    (failure) => {
      fetched[name] = undefined;
      throw failure;
    },
  );
  return fetched[name];
}

const tell: Api = (...command) => {
  const [verb] = command;
  // a page whose clicks are not counted is none the worse for it
  if (verb === 'track' || verb === 'cart') load(BROWSING).then((it) => it.tell(...command), () => {});
  else if (verb === 'open') load().then((it) => it.tell(...command));
  else {
    said.push(command);
    for (const part of parts) part.tell(...command);
  }
};

for (const sign of ['pointerenter', 'focus'])
  host.launcher.addEventListener(sign, () => load().catch(() => {}));
host.launcher.addEventListener('click', () => load().then((it) => it.tell('toggle')));

const waiting = window.ombud?.q ?? [];
window.ombud = tell;
for (const command of waiting) tell(...(Array.from(command) as Command));

const { talk, ...look } = earlier();
dress(host.root, look);
// A talk that still goes on: fetch the panel once the shop's page is done, to show what was answered meanwhile.
if (talk) {
  if (document.readyState === 'complete') load().catch(() => {});
  else addEventListener('load', () => load().catch(() => {}));
}
