import { Header } from './Header';
import { Home } from './Home';
import type { Visit } from './visit';
import { unreachable } from './words';

export function App({ visit, close }: { visit: Visit; close: () => void }) {
  const Screen = { home: Home, questions: visit.conversation?.Questions ?? Home, chat: visit.conversation?.Chat ?? Home }[visit.screen];
  return (
    <>
      <Header visit={visit} close={close} />
      {visit.config && !visit.recalling ? (
        <Screen visit={visit} />
      ) : (
        <div class="page" role="status" aria-busy={!visit.failed}>
          {visit.failed && <button type="button" class="main" onClick={() => visit.start()}>{unreachable[visit.host.language][0]}</button>}
        </div>
      )}
      {visit.notice && <p class="notice" role="alert">{visit.notice}</p>}
    </>
  );
}
