import { download } from './transcript';
import type { Visit } from './visit';

/** What can be done with a whole conversation: take it home, begin another, have it forgotten. */
export function Menu({ visit }: { visit: Visit }) {
  const { t, popover } = visit;
  const item = (label: string, act?: () => unknown, stays?: boolean) => (
    <button
      type="button"
      onClick={() => {
        if (!stays) visit.pop();
        act?.();
      }}
    >
      {t(label)}
    </button>
  );
  return (
    <div class="list">
      {popover === 'forget' ? (
        <>
          <p role="alert">{t('forget-sure')}</p>
          {item('forget-yes', () => visit.forget())}
          {item('cancel')}
        </>
      ) : (
        <>
          {item('transcript', () => download(visit))}
          {item('new', () => visit.show('home'))}
          {item('forget', () => visit.pop('forget'), true)}
        </>
      )}
    </div>
  );
}
