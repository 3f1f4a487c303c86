import { render } from 'preact';
import { App } from './App';
import { type Command, type Host, type Part, wear } from './host';
import css from './panel.css?inline';
import { Visit } from './visit';

const phone = matchMedia('(max-width: 480px)');

export function mount(host: Host, said: Command[]): Part {
  const { root, launcher, badge } = host;
  wear(root, css);

  const panel = document.createElement('div');
  panel.className = 'panel';
  panel.hidden = true;
  panel.tabIndex = -1;
  panel.role = 'dialog';
  panel.setAttribute('aria-labelledby', 'title');
  launcher.after(panel);

  const visit = new Visit(host, draw);
  let shown = visit.screen;

  function draw() {
    render(<App visit={visit} close={() => show(false)} />, panel);
    // The screen that went took the focus with it.
    if (visit.open && shown !== visit.screen && document.activeElement === document.body) panel.focus();
    shown = visit.screen;
    const unread = visit.talk?.unread ?? 0;
    badge.textContent = unread && !visit.open ? `${unread}` : '';
    badge.ariaLabel = unread ? visit.t('unread') : '';
  }

  let opener: Element | null;

  function show(open: boolean) {
    if (visit.open === open) return;
    if (open) opener = document.activeElement;
    visit.open = open;
    panel.hidden = !open;
    launcher.ariaExpanded = `${open}`;
    if (open && visit.talk) visit.show('chat');
    visit.changed();
    place();
    if (open) panel.focus();
    else (opener instanceof HTMLElement && opener !== root.host && opener !== document.body ? opener : launcher).focus();
  }

  /** Full screen on a phone: above the keyboard, and the page behind it out of reach. */
  function place() {
    const full = visit.open && phone.matches;
    const view = window.visualViewport;
    document.body.inert = full;
    panel.style.height = full && view ? `${view.height}px` : '';
    panel.style.top = full && view ? `${view.offsetTop}px` : '';
  }

  phone.addEventListener('change', place);
  for (const change of ['resize', 'scroll']) window.visualViewport?.addEventListener(change, place);

  // A shop's one-letter shortcuts are not meant for what is typed here.
  for (const press of ['keydown', 'keyup', 'keypress']) root.host.addEventListener(press, (event) => event.stopPropagation());
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && (visit.popover ? visit.pop() : show(false)));

  function tell(...[verb, value]: Command) {
    if (verb === 'identify') visit.identify((value as string) || null);
    else if (verb === 'consent') visit.consent(!!value);
    else show(verb === 'toggle' ? !visit.open : verb === 'open');
  }

  for (const command of said) tell(...command);
  draw();
  visit.start();
  return { tell };
}
