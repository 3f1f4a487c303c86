import { attach } from './steps';
import type { Visit } from './visit';

/** Files dropped on the open conversation, or pasted into it, go the way of picked ones. */
export function receive(visit: Visit) {
  const region = visit.host.root.firstElementChild as HTMLElement;
  const ready = () => visit.open && visit.screen === 'chat';
  const dropping = (now: boolean) => {
    visit.dropping = now;
    visit.changed();
  };
  region.addEventListener('dragover', (event) => {
    if (!ready() || !event.dataTransfer?.types.includes('Files')) return;
    // Else the browser leaves the shop's page to show the file.
    event.preventDefault();
    if (!visit.dropping) dropping(true);
  });
  region.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!region.contains(relatedTarget as Node | null)) dropping(false);
  });
  region.addEventListener('drop', (event) => {
    if (!visit.dropping) return;
    event.preventDefault();
    dropping(false);
    attach(visit, event.dataTransfer?.files);
  });
  region.addEventListener('paste', ({ clipboardData }) => {
    const { types = [], files } = clipboardData ?? {};
    // Office programs add a picture of what was copied: there the words are meant.
    const words = types.includes('text/plain') && types.includes('text/html');
    if (ready() && !words) attach(visit, files);
  });
}
