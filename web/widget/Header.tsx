import { IconButton } from './Icon';
import { clean } from './text';
import type { Visit } from './visit';
import { day, time, unreachable, wait } from './words';

export function Header({ visit, close }: { visit: Visit; close: () => void }) {
  const { config, screen, t, host, popover } = visit;
  const menu = !!popover && popover !== 'emoji';
  return (
    <header>
      {config && screen !== 'home' && <IconButton of="back" label={t('back')} click={() => visit.show(visit.talk && screen === 'questions' ? 'chat' : 'home')} />}
      <span class="faces" aria-hidden="true">
        {config?.agents.map(({ name }) => <span class="face">{initials(clean(name))}</span>)}
      </span>
      {/* names the window, and is not seen yet: it would move when the faces and the line below it come */}
      <div class={config || visit.failed ? 'who' : 'who later'}>
        <h2 id="title">{config?.shop.name ?? host.launcher.ariaLabel}</h2>
        {config && <p>{screen === 'chat' && visit.department ? visit.department.name : presence(visit)}</p>}
      </div>
      {screen === 'chat' && visit.talk && (
        <div class="menu">
          <IconButton of="more" label={t('menu')} open={menu} click={() => visit.pop('menu')} />
          {menu && visit.conversation && <visit.conversation.Menu visit={visit} />}
        </div>
      )}
      <IconButton of="close" label={config ? t('close') : unreachable[host.language][1]} click={close} />
    </header>
  );
}

const initials = (name: string) => {
  const words = name.split(' ');
  return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => word?.[0] ?? '').join('');
};

/** Whether someone is there, and when to expect an answer. */
function presence({ config, hours, screen, language, t }: Visit) {
  const { open, opens_at } = (screen === 'home' ? config : hours) ?? {};
  const minutes = config?.reply_minutes;
  if (open) return minutes ? t('reply-time', { time: wait(language, minutes) }) : t('online');
  if (!opens_at) return t('closed');
  return t('opens', { time: `${day(language, opens_at)} ${time(language, opens_at)}` });
}
