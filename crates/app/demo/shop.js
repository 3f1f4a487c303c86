// The shop's own buttons open the chat; calls made before the widget has arrived wait in the queue.
window.ombud ??= function () {
  (window.ombud.q ??= []).push(arguments);
};
for (const button of document.querySelectorAll('[data-chat]')) {
  button.addEventListener('click', () => window.ombud('open'));
}

// The shop's own cart, one in each currency. Ombud is told of it where the shopper has ticked the box.
const box = document.querySelector('#cart');
const { currency } = box.dataset;
const buy = document.querySelector('#buy');
const wish = document.querySelector('#wish');
const [cartName, wishesName, sharedName] = [`lyngvidde:cart:${currency}`, 'lyngvidde:wishes', 'lyngvidde:shared'];
const whole = (address) => new URL(address, location.href).href;
const product = {
  reference: buy.dataset.reference,
  title: buy.dataset.title,
  page: whole(`?product=${buy.dataset.reference}`),
  picture: whole(buy.dataset.picture),
};
const price = Number(buy.dataset.price);
const money = (minor) => new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency, maximumFractionDigits: minor % 100 ? 2 : 0 }).format(minor / 100);
const total = (lines) => lines.reduce((sum, line) => sum + line.quantity * line.price, 0);

let lines = JSON.parse(localStorage.getItem(cartName) ?? '[]');
let wishes = JSON.parse(localStorage.getItem(wishesName) ?? '[]');

function show() {
  const [list, template] = [box.querySelector('ul'), box.querySelector('template')];
  list.replaceChildren(
    ...lines.map((line) => {
      const row = template.content.cloneNode(true);
      row.querySelector('img').src = line.picture;
      row.querySelector('.title').textContent = [`${line.quantity} × ${line.title}`, line.variant].filter(Boolean).join(' · ');
      row.querySelector('.sum').textContent = money(line.quantity * line.price);
      const button = row.querySelector('button');
      button.setAttribute('aria-label', `${button.textContent}: ${line.title}`);
      button.addEventListener('click', () => keep(lines.filter((other) => other !== line)));
      return row;
    }),
  );
  box.querySelector('.empty').hidden = lines.length > 0;
  box.querySelector('.total').hidden = lines.length === 0;
  box.querySelector('.total b').textContent = money(total(lines));
}

function keep(changed) {
  lines = changed;
  localStorage.setItem(cartName, JSON.stringify(lines));
  show();
  tell();
}

function tell() {
  if (shared.checked) window.ombud('cart', { currency, lines, total: total(lines), page: whole('#cart') });
}

function look() {
  if (!shared.checked) return;
  window.ombud('consent', true);
  if (new URLSearchParams(location.search).has('product')) window.ombud('track', 'product_viewed', { ...product, price: { minor: price, currency } });
  else window.ombud('track', 'page_viewed');
  // what was wished for before the box was ticked, too
  for (const wished of wishes) window.ombud('track', 'wished', { product: wished });
  tell();
}

const isWished = () => wishes.some(({ reference }) => reference === product.reference);
const showWish = () => wish.setAttribute('aria-pressed', isWished());

wish.addEventListener('click', () => {
  const [others, wished] = [wishes.filter(({ reference }) => reference !== product.reference), !isWished()];
  wishes = wished ? [product, ...others] : others;
  localStorage.setItem(wishesName, JSON.stringify(wishes));
  showWish();
  if (!shared.checked) return;
  if (wished) window.ombud('track', 'wished', { product });
  else window.ombud('track', 'unwished', { reference: product.reference });
});

buy.addEventListener('submit', (event) => {
  event.preventDefault();
  const variant = buy.elements.size?.value ?? null;
  const sku = [product.reference, variant].filter(Boolean).join('-').toUpperCase();
  const known = lines.find((line) => line.sku === sku);
  const line = { ...product, sku, variant, price, quantity: (known?.quantity ?? 0) + 1 };
  keep([...lines.filter((other) => other !== known), line]);
});

const shared = box.querySelector('.share input');
shared.checked = localStorage.getItem(sharedName) === 'yes';
shared.addEventListener('change', () => {
  localStorage.setItem(sharedName, shared.checked ? 'yes' : 'no');
  if (shared.checked) look();
  else window.ombud('consent', false);
});
show();
showWish();
look();
