// What the server's own pages need beside the console and the widget: their styles, and the API reference's script.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const web = resolve(import.meta.dirname, '..');
const out = resolve(web, 'dist/api');
mkdirSync(out, { recursive: true });
const shared = ['shared/tokens.css', 'pages/header.css'].map((path) => readFileSync(resolve(web, path), 'utf8')).join('');
for (const page of ['front', 'reference']) {
  writeFileSync(resolve(out, `${page}.css`), shared + readFileSync(resolve(web, `pages/${page}.css`), 'utf8'));
}
// the reference works offline: its maker's logo is the one thing it would fetch from elsewhere
const reference = readFileSync(resolve(web, 'node_modules/redoc/bundles/redoc.standalone.js'), 'utf8');
writeFileSync(resolve(out, 'redoc.standalone.js'), reference.replaceAll(/https:\/\/cdn\.redoc\.ly\/[\w./-]+/g, 'data:,'));
