import type { Department, TalkRow } from './api';
import { Icon } from './Icon';
import { plain } from './text';
import { Taps } from './Taps';
import type { Visit } from './visit';
import { day } from './words';

export function Home({ visit }: { visit: Visit }) {
  const { config, talks, t } = visit;
  if (!config) return null;
  const { departments } = config;
  return (
    <div class="page">
      <p class="greeting">{config.greeting}</p>
      {departments[0] ? (
        <nav aria-labelledby="choose">
          <h3 id="choose">{t('choose')}</h3>
          {departments.map((it) => <Choice visit={visit} department={it} />)}
        </nav>
      ) : (
        <button type="button" class="main" onClick={() => visit.begin()}>{t(config.open ? 'start' : 'leave')}</button>
      )}
      <Taps visit={visit} />
      {talks[0] && (
        <nav aria-labelledby="earlier">
          <h3 id="earlier">{t('earlier')}</h3>
          {talks.map((it) => <Earlier visit={visit} row={it} />)}
        </nav>
      )}
    </div>
  );
}

const Choice = ({ visit, department }: { visit: Visit; department: Department }) => (
  <button type="button" class="row" onClick={() => visit.begin(department)}>
    <span class="words">
      <b>{department.name}</b>
      <small>{department.about}</small>
      {!department.open && <small class="state">{visit.t('closed')}</small>}
    </span>
    <Icon of="go" />
  </button>
);

function Earlier({ visit, row }: { visit: Visit; row: TalkRow }) {
  const { t, language } = visit;
  return (
    <button type="button" class="row" onClick={() => visit.resume(row)}>
      <span class="words">
        <b class="line">{plain(row.preview || `#${row.number}`)}</b>
        <small>
          {day(language, row.changed_at)}
          {row.status === 'resolved' && ` · ${t('resolved-short')}`}
        </small>
      </span>
      {row.last_seq > row.read_seq && <span class="dot" role="img" aria-label={t('unread')} />}
      <Icon of="go" />
    </button>
  );
}
