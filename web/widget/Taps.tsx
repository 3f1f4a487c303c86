import type { Visit } from './visit';

/** What the bot answers at once, a button each. */
export const Taps = ({ visit }: { visit: Visit }) => {
  const { t, config } = visit;
  return config?.quick_replies[0] && (
    <nav aria-label={t('quick')}>
      {config.quick_replies.map((it) => <button type="button" class="tap" onClick={() => visit.ask(it)}>{it.label}</button>)}
    </nav>
  );
};
