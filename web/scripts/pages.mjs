// What the server's own pages need beside the console and the widget: their styles, and the API reference's script.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const web = resolve(import.meta.dirname, '..');
const out = resolve(web, 'dist/api');
mkdirSync(out, { recursive: true });
const tokens = readFileSync(resolve(web, 'shared/tokens.css'), 'utf8');
for (const page of ['front', 'reference']) {
  writeFileSync(resolve(out, `${page}.css`), tokens + readFileSync(resolve(web, `pages/${page}.css`), 'utf8'));
}
copyFileSync(resolve(web, 'node_modules/redoc/bundles/redoc.standalone.js'), resolve(out, 'redoc.standalone.js'));
