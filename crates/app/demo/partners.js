// The telephones: what is written goes to the stand-in of a partner, and what came is looked for each second.
const file = document.querySelector('.phones').dataset.file;

const bubble = ({ by_customer, text, file: name }) => {
  const item = document.createElement('li');
  item.className = by_customer ? 'mine' : 'theirs';
  item.textContent = name ? `${file} ${name}` : text;
  return item;
};

const show = ({ channel, to, bubbles }) => {
  const phone = document.getElementById(channel);
  const [log, known] = [phone.querySelector('ol'), phone.querySelector('.to')];
  known.textContent = to ?? known.dataset.gone;
  for (const control of phone.querySelectorAll('input, button')) control.disabled = !to;
  // what is there stays: only what is new is read out
  const news = bubbles.slice(log.childElementCount).map(bubble);
  log.append(...news);
  if (news.length > 0) log.scrollTop = log.scrollHeight;
};

const look = async () => {
  const answers = await Promise.all(['/demo/partners/phones', '/demo/partners/email'].map((path) => fetch(path)));
  for (const answer of answers) if (answer.ok) [await answer.json()].flat().forEach(show);
};

const post = (path, body) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

for (const phone of document.querySelectorAll('.phone')) {
  phone.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const input = phone.querySelector('input');
    const text = input.value.trim();
    if (!text) return;
    input.value = '';
    await post(`/demo/partners/${phone.id}/messages`, { text });
    await look();
  });
  phone.querySelector('select')?.addEventListener('change', (event) => post(`/demo/partners/${phone.id}/weather`, { weather: event.target.value }));
}

const again = async () => {
  // the server may be away for a moment
  if (!document.hidden) await look().catch(() => undefined);
  setTimeout(again, 1000);
};
again();
